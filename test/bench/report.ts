/** What the benches of the live side print: figures with the machine they are of. */
import { cpus, loadavg } from "node:os";

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function sayMachine(): void {
  say(
    `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}`,
  );
  say(
    `load average ${loadavg()[0]?.toFixed(1)}: with other work on the machine, times are too long`,
  );
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Processor time of this process in milliseconds: other work on the machine does not count. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
