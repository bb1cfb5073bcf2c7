/** What this machine knows of its own interfaces and of the machines beside it. */
import { readdir } from "node:fs/promises";
import type { HostInterface, Neighbour } from "../model/hostInterface";
import { interfacesFromIp, neighboursFromIp } from "./fromIp";
import { run } from "./run";
import { interfacesFromSysfs, isWireless, sysfs } from "./sysfs";

export interface HostFacts {
  readonly interfaces: readonly HostInterface[];
  /** Absent when they cannot be read. */
  readonly neighbours?: readonly Neighbour[];
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
  const [addr, route, neigh, wireless] = await Promise.all([
    ask("-d", "addr"),
    ask("route"),
    ask("neigh"),
    wirelessNames(),
  ]);
  signal?.throwIfAborted();
  if (addr === undefined) {
    const interfaces = await interfacesFromSysfs();
    return interfaces && { interfaces };
  }
  return {
    interfaces: interfacesFromIp(addr, route, wireless),
    ...(neigh !== undefined && { neighbours: neighboursFromIp(neigh) }),
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

async function wirelessNames(): Promise<ReadonlySet<string>> {
  const names = await readdir(sysfs).catch(() => []);
  const marks = await Promise.all(names.map((name) => isWireless(name)));
  return new Set(names.filter((_, index) => marks[index]));
}
