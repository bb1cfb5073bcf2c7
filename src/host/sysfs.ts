/** Reads what /sys/class/net has of this machine's interfaces. */
import { access, readFile, readdir, readlink } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { basename, join } from "node:path";
import type { HostInterface } from "../model/hostInterface";
import { defined } from "../model/json";
import { type DeviceFiles, interfacesFromDevices } from "./devices";
import { isLinkLocal } from "./fromIp";

export const sysfs = "/sys/class/net";

/** Files with one line each, named as their fields of `DeviceFiles`. */
export const deviceFiles = [
  "flags",
  "operstate",
  "address",
  "mtu",
  "type",
  "carrier",
  "speed",
  "ifindex",
  "iflink",
] as const;

/** Undefined where the kernel has no sysfs. `root`: another folder of the same shape. */
export async function readDevices(root = sysfs): Promise<DeviceFiles[] | undefined> {
  let names: string[];
  try {
    names = await readdir(root);
  } catch {
    return undefined;
  }
  const found = await Promise.all(names.sort().map((name) => readDevice(root, name)));
  return found.flatMap((item) => item ?? []);
}

/** The interfaces without `ip`, with addresses from node:os; undefined where the kernel has no sysfs. */
export function interfacesOfMachine(
  devices: readonly DeviceFiles[] | undefined,
): HostInterface[] | undefined {
  return devices && interfacesFromDevices(devices, addressesOf);
}

async function readDevice(root: string, name: string): Promise<DeviceFiles | undefined> {
  const folder = join(root, name);
  const read = (file: string) =>
    readFile(join(folder, file), "utf8").then(
      (content) => content.trim(),
      () => undefined,
    );
  const contents = await Promise.all(deviceFiles.map(read));
  const files = Object.fromEntries(deviceFiles.map((file, index) => [file, contents[index]]));
  // `bonding_masters` is a file beside the interfaces.
  if (files["flags"] === undefined) return undefined;
  const [uevent, bondMode, vlan, wireless, phy, physical, master, inside] = await Promise.all([
    read("uevent"),
    read("bonding/mode"),
    readFile(`/proc/net/vlan/${name}`, "utf8").catch(() => undefined),
    exists(join(folder, "wireless")),
    exists(join(folder, "phy80211")),
    exists(join(folder, "device")),
    readlink(join(folder, "master")).catch(() => undefined),
    readdir(folder).catch(() => []),
  ]);
  const lower = inside.flatMap((file) => (file.startsWith("lower_") ? [file.slice(6)] : []));
  return defined({
    name,
    ...files,
    devtype: /^DEVTYPE=(.*)$/m.exec(uevent ?? "")?.[1],
    wireless: wireless || phy ? true : undefined,
    physical: physical ? true : undefined,
    master: master === undefined ? undefined : basename(master),
    lower: lower.length > 0 ? lower : undefined,
    vlan,
    bondMode,
  });
}

function addressesOf(name: string): string[] {
  return (networkInterfaces()[name] ?? []).flatMap(({ address, cidr }) =>
    cidr === null || isLinkLocal(address) ? [] : [cidr],
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
