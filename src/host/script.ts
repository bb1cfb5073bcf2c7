/**
 * What a host says of itself to a shell script, for hosts that are not this machine: one program, so one
 * login. It reads and changes nothing; it needs iproute2 with JSON (4.14 and later).
 */
import type { HostFacts } from "./interfaces";
import { list } from "../model/json";
import { interfacesFromIp, neighboursFromIp } from "./fromIp";
import { speedOf } from "./devices";
import { dmiFiles, dmiFolder, machineFromDmi } from "./machine";
import { sysfs } from "./sysfs";

/** Begins a part of the output; JSON and small files of the kernel have no such line. */
const mark = "@macvlan@";

/** For `sh` on its standard input. */
export const hostScript = `export LC_ALL=C
PATH="$PATH:/usr/sbin:/sbin"
part() { echo; echo "${mark} $1"; }
part name; uname -n
part addr; ip -j -d addr
part route; ip -j route
part route6; ip -j -6 route
part neigh; ip -j -s neigh
for device in ${sysfs}/*; do
  name=\${device##*/}
  if [ -e "$device/wireless" ] || [ -e "$device/phy80211" ]; then part "wireless $name"; fi
  part "speed $name"; cat "$device/speed"
done
for file in ${dmiFiles.join(" ")}; do part "dmi $file"; cat "${dmiFolder}/$file"; done
exit 0
`;

/**
 * Undefined when the host has no \`ip\` that speaks JSON, or is not called \`hostName\`: then the engine
 * is on yet another machine.
 */
export function hostFromScript(output: string, hostName: string): HostFacts | undefined {
  const parts = partsOf(output);
  const addr = jsonIn(parts.get("addr"));
  if (addr === undefined || parts.get("name") !== hostName) return undefined;
  const wireless = new Set<string>();
  const speeds = new Map<string, number>();
  const dmi: Record<string, string> = {};
  for (const [title, content] of parts) {
    const [what, name = ""] = title.split(" ", 2);
    const speed = what === "speed" ? speedOf(content) : undefined;
    if (what === "wireless") wireless.add(name);
    else if (speed !== undefined) speeds.set(name, speed);
    else if (what === "dmi" && content !== "") dmi[name] = content;
  }
  const routes = [...list(jsonIn(parts.get("route"))), ...list(jsonIn(parts.get("route6")))];
  const neigh = jsonIn(parts.get("neigh"));
  const machine = machineFromDmi(dmi);
  return {
    interfaces: interfacesFromIp(addr, routes, { wireless, speeds }),
    ...(neigh !== undefined && { neighbours: neighboursFromIp(neigh) }),
    ...(machine && { machine }),
  };
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
