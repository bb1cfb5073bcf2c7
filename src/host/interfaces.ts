/** What this machine knows of its own interfaces and of the machines beside it. */
import type { Machine } from "../model/facts";
import type { HostInterface, Neighbour } from "../model/hostInterface";
import { list } from "../model/json";
import { notesOfDevices } from "./devices";
import { interfacesFromIp, neighboursFromIp } from "./fromIp";
import { readMachine } from "./machine";
import { run } from "./run";
import { interfacesOfMachine, readDevices } from "./sysfs";

export interface HostFacts {
  readonly interfaces: readonly HostInterface[];
  /** Absent when they cannot be read. */
  readonly neighbours?: readonly Neighbour[];
  /** Absent on bare metal, and where the firmware does not tell. */
  readonly machine?: Machine;
}

/**
 * Reads interfaces, default routes and neighbours: with `ip -j`, and where that is missing or too old
 * for JSON from /sys/class/net and node:os. Undefined where neither is there. `program`: for tests.
 */
export async function readHost(
  options: { readonly signal?: AbortSignal; readonly program?: string } = {},
): Promise<HostFacts | undefined> {
  const { signal, program = "ip" } = options;
  const ask = (...words: string[]) => jsonOf(program, words, signal);
  const [addr, route, route6, neigh, devices, machine] = await Promise.all([
    ask("-d", "addr"),
    ask("route"),
    ask("-6", "route"),
    ask("-s", "neigh"),
    readDevices(),
    readMachine(),
  ]);
  signal?.throwIfAborted();
  const about = machine && { machine };
  if (addr === undefined) {
    const interfaces = interfacesOfMachine(devices);
    return interfaces && { interfaces, ...about };
  }
  return {
    interfaces: interfacesFromIp(
      addr,
      [...list(route), ...list(route6)],
      notesOfDevices(devices ?? []),
    ),
    ...(neigh !== undefined && { neighbours: neighboursFromIp(neigh) }),
    ...about,
  };
}

/** Undefined where the program is missing, fails, or is one without JSON (busybox). */
async function jsonOf(
  program: string,
  words: readonly string[],
  signal: AbortSignal | undefined,
): Promise<unknown> {
  try {
    const output = await run(program, ["-j", ...words], signal);
    // Without any neighbour some versions print nothing.
    return output.trim() === "" ? [] : (JSON.parse(output) as unknown);
  } catch {
    return undefined;
  }
}
