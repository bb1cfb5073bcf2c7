/** Interfaces without `ip`: /sys/class/net (Documentation/ABI/testing/sysfs-class-net) and node:os for addresses. */
import { access, readFile, readdir, readlink } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { basename, join } from "node:path";
import type { HostInterface, InterfaceKind } from "../model/hostInterface";
import { defined } from "../model/json";
import { isLinkLocal } from "./fromIp";

export const sysfs = "/sys/class/net";

/** IFF_UP of <linux/if.h>. */
const flagUp = 1;
/** ARPHRD_ETHER, ARPHRD_LOOPBACK of <linux/if_arp.h>. */
const typeEther = "1";
const typeLoopback = "772";

const kindOfDevice: Readonly<Record<string, InterfaceKind>> = {
  vlan: "vlan",
  bridge: "bridge",
  bond: "bond",
  wlan: "wireless",
  macvlan: "macvlan",
  macvtap: "macvlan",
  wireguard: "tunnel",
  vxlan: "tunnel",
  geneve: "tunnel",
};

/** Undefined where the kernel has no sysfs. `root`: another folder of the same shape. */
export async function interfacesFromSysfs(root = sysfs): Promise<HostInterface[] | undefined> {
  let names: string[];
  try {
    names = await readdir(root);
  } catch {
    return undefined;
  }
  const found = await Promise.all(names.sort().map((name) => interfaceFromSysfs(root, name)));
  return found.flatMap((item) => item ?? []);
}

/** Whether it is a radio: then an access point drops the frames of a macvlan's other MACs. */
export async function isWireless(name: string, root = sysfs): Promise<boolean> {
  const marks = await Promise.all([
    exists(join(root, name, "wireless")),
    exists(join(root, name, "phy80211")),
  ]);
  return marks.includes(true);
}

async function interfaceFromSysfs(root: string, name: string): Promise<HostInterface | undefined> {
  const folder = join(root, name);
  const read = (file: string) =>
    readFile(join(folder, file), "utf8").then(
      (content) => content.trim(),
      () => undefined,
    );
  const [flags, state, mac, mtu, type, uevent] = await Promise.all(
    ["flags", "operstate", "address", "mtu", "type", "uevent"].map(read),
  );
  // `bonding_masters` is a file beside the interfaces.
  if (flags === undefined) return undefined;
  const wireless = await isWireless(name, root);
  const device = /^DEVTYPE=(.*)$/m.exec(uevent ?? "")?.[1] ?? "";
  const kind = wireless
    ? "wireless"
    : (kindOfDevice[device] ?? kindOfType(type, await virtual(folder)));
  return defined({
    name,
    kind,
    up: (Number(flags) & flagUp) !== 0 && !["down", "lowerlayerdown"].includes(state ?? ""),
    mac: type === typeEther ? mac : undefined,
    master: await linkName(join(folder, "master")),
    addresses: addressesOf(name),
    vlan: kind === "vlan" ? await vlanOf(folder, name) : undefined,
    mtu: mtu === undefined ? undefined : Number(mtu),
  });
}

function kindOfType(type: string | undefined, isVirtual: boolean): InterfaceKind {
  if (type === typeLoopback) return "loopback";
  if (type !== typeEther) return "tunnel";
  // A virtual one without a device type may be a veth pair's end, a dummy or a tap.
  return isVirtual ? "other" : "ethernet";
}

async function virtual(folder: string): Promise<boolean> {
  const target = await readlink(folder).catch(() => "");
  return target.includes("/virtual/");
}

async function vlanOf(folder: string, name: string): Promise<HostInterface["vlan"]> {
  const lower = (await readdir(folder).catch(() => [])).find((file) => file.startsWith("lower_"));
  const config = await readFile(`/proc/net/vlan/${name}`, "utf8").catch(() => "");
  const id = /\bVID: (\d+)/.exec(config)?.[1] ?? /\.(\d+)$/.exec(name)?.[1];
  if (lower === undefined || id === undefined) return undefined;
  return { parent: lower.slice("lower_".length), id: Number(id) };
}

function addressesOf(name: string): string[] {
  return (networkInterfaces()[name] ?? []).flatMap(({ address, cidr }) =>
    cidr === null || isLinkLocal(address) ? [] : [cidr],
  );
}

async function linkName(path: string): Promise<string | undefined> {
  const target = await readlink(path).catch(() => undefined);
  return target === undefined ? undefined : basename(target);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
