/**
 * What a host says of itself to a shell script, for hosts that are not this machine: one program, so one
 * login or one container. It reads and changes nothing. Where no `ip` speaks JSON (iproute2 before 4.14,
 * busybox, none at all) it takes /sys/class/net and /proc/net.
 */
import type { Neighbour } from "../model/hostInterface";
import { list } from "../model/json";
import { type DeviceFiles, interfacesFromDevices, notesOfDevices } from "./devices";
import { interfacesFromIp, neighboursFromIp, waysOf } from "./fromIp";
import type { HostFacts } from "./interfaces";
import { dmiFiles, dmiFolder, machineFromDmi } from "./machine";
import {
  addressesFromLines,
  addressesFromProc,
  neighboursFromArp,
  routes6FromProc,
  routesFromProc,
} from "./procNet";
import { deviceFiles, sysfs } from "./sysfs";

/** Begins a part of the output; JSON and small files of the kernel have no such line. */
const mark = "@macvlan@";

const procFiles = ["route", "ipv6_route", "fib_trie", "if_inet6", "arp"] as const;

/**
 * For `sh`. Of the interfaces it reads with what is built into every shell: a host may have hundreds, and
 * each file that a program reads is a process.
 */
export const hostScript = `export LC_ALL=C
PATH="$PATH:/usr/sbin:/sbin"
part() { echo; echo "${mark} $1"; }
line() { value=; read -r value < "$2" && echo "$1=$value"; }
tell() {
  part name; uname -n
  part addr; ip -j -d addr
  part route; ip -j route
  part route6; ip -j -6 route
  part neigh; ip -j -s neigh
  for device in ${sysfs}/*; do
    [ -e "$device/flags" ] || continue
    name=\${device##*/}
    part "device $name"
    for file in ${deviceFiles.join(" ")}; do line "$file" "$device/$file"; done
    line vlan "/proc/net/vlan/$name"
    line bondMode "$device/bonding/mode"
    line masterIndex "$device/master/ifindex"
    if [ -e "$device/wireless" ] || [ -e "$device/phy80211" ]; then echo wireless=yes; fi
    if [ -e "$device/device" ]; then echo physical=yes; fi
    for lower in "$device"/lower_*; do
      [ -e "$lower" ] && echo "lower=\${lower##*/lower_}"
    done
    while read -r value; do
      case $value in DEVTYPE=*) echo "devtype=\${value#DEVTYPE=}" ;; esac
    done < "$device/uevent"
  done
  part lines; ip -o addr
  for file in ${procFiles.join(" ")}; do part "proc $file"; cat "/proc/net/$file"; done
  for file in ${dmiFiles.join(" ")}; do part "dmi $file"; cat "${dmiFolder}/$file"; done
}
tell 2>/dev/null
exit 0
`;

/**
 * The host by the output of `hostScript`; undefined when it tells of no interface, or when the host is not
 * called `hostName`: then the engine is on yet another machine.
 */
export function hostFromScript(output: string, hostName?: string): HostFacts | undefined {
  const parts = partsOf(output);
  if (hostName !== undefined && parts.get("name") !== hostName) return undefined;
  const devices = devicesOf(parts);
  const addr = jsonIn(parts.get("addr"));
  const known = addr === undefined ? fromFiles(parts, devices) : fromIp(parts, addr, devices);
  if (!known) return undefined;
  const dmi = Object.fromEntries(
    dmiFiles.flatMap((file) => {
      const content = parts.get(`dmi ${file}`);
      return content ? [[file, content]] : [];
    }),
  );
  const machine = machineFromDmi(dmi);
  return { ...known, ...(machine && { machine }) };
}

type Parts = ReadonlyMap<string, string>;

function fromIp(parts: Parts, addr: unknown, devices: readonly DeviceFiles[]): HostFacts {
  const routes = [...list(jsonIn(parts.get("route"))), ...list(jsonIn(parts.get("route6")))];
  const neigh = jsonIn(parts.get("neigh"));
  return {
    interfaces: interfacesFromIp(addr, routes, notesOfDevices(devices)),
    ...(neigh !== undefined && { neighbours: neighboursFromIp(neigh) }),
  };
}

function fromFiles(parts: Parts, devices: readonly DeviceFiles[]): HostFacts | undefined {
  if (devices.length === 0) return undefined;
  const proc = (file: (typeof procFiles)[number]) => parts.get(`proc ${file}`) ?? "";
  const routes = routesFromProc(proc("route"));
  const addresses =
    addressesFromLines(parts.get("lines") ?? "") ??
    addressesFromProc(proc("fib_trie"), proc("if_inet6"), routes);
  const ways = waysOf([...routes, ...routes6FromProc(proc("ipv6_route"))]);
  const neighbours: Neighbour[] = neighboursFromArp(proc("arp"));
  return {
    interfaces: interfacesFromDevices(devices, (name) => addresses.get(name) ?? [], ways),
    ...(proc("arp") !== "" && { neighbours }),
  };
}

function devicesOf(parts: Parts): DeviceFiles[] {
  const found = [...parts].flatMap(([title, content]) => {
    const name = /^device (.*)$/.exec(title)?.[1];
    return name === undefined ? [] : [{ name, values: valuesOf(content) }];
  });
  const byIndex = new Map(found.map(({ name, values }) => [values.get("ifindex")?.[0], name]));
  return found.map(({ name, values }) => {
    const { masterIndex, wireless, physical, lower, ...files } = Object.fromEntries(values);
    const master = masterIndex && byIndex.get(masterIndex[0]);
    return {
      name,
      ...Object.fromEntries(Object.entries(files).map(([file, [value]]) => [file, value])),
      ...(master !== undefined && { master }),
      ...(wireless && { wireless: true }),
      ...(physical && { physical: true }),
      ...(lower && { lower }),
    };
  });
}

/** Lines `key=value`; a key may come again. */
function valuesOf(content: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const line of content.split("\n")) {
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    values.set(key, [...(values.get(key) ?? []), value.trim()]);
  }
  return values;
}

function partsOf(output: string): Map<string, string> {
  const pieces = output.split(`\n${mark} `).slice(1);
  return new Map(
    pieces.map((piece) => {
      const end = piece.indexOf("\n");
      return end < 0 ? [piece, ""] : [piece.slice(0, end), piece.slice(end + 1).trim()];
    }),
  );
}

/** Without any neighbour some versions print nothing. */
function jsonIn(content: string | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    return content === "" ? undefined : (JSON.parse(content) as unknown);
  } catch {
    return undefined;
  }
}
