/** What /sys/class/net tells of interfaces, and `ip` does not. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DeviceNotes } from "./fromIp";
import { isWireless, sysfs } from "./sysfs";

/** Empty where the kernel has no sysfs. `root`: another folder of the same shape. */
export async function readDevices(root = sysfs): Promise<DeviceNotes> {
  const names = await readdir(root).catch(() => []);
  const wireless = new Set<string>();
  const speeds = new Map<string, number>();
  await Promise.all(
    names.map(async (name) => {
      const [radio, speed] = await Promise.all([isWireless(name, root), readSpeed(root, name)]);
      if (radio) wireless.add(name);
      if (speed !== undefined) speeds.set(name, speed);
    }),
  );
  return { wireless, speeds };
}

/** Virtual devices cannot be read, or have 10,000 for a number (veth) or -1 (no link). */
export async function readSpeed(root: string, name: string): Promise<number | undefined> {
  const content = await readFile(join(root, name, "speed"), "utf8").catch(() => "");
  return speedOf(content);
}

/** The content of `speed`; undefined when it says nothing. */
export function speedOf(content: string): number | undefined {
  const speed = Number.parseInt(content, 10);
  return speed > 0 && speed < 0xffffffff ? speed : undefined;
}
