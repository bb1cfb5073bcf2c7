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

/** Milliseconds of the clock and of the processor, one for each round. */
class Costs {
  readonly clock: number[] = [];
  readonly processor: number[] = [];

  async add(work: () => Promise<unknown>): Promise<void> {
    const begin = cpu();
    this.clock.push(await timed(work));
    this.processor.push(cpu() - begin);
  }
}

/**
 * Compares a refresh with the two requests that it cannot do without. By turns, each first in every other round,
 * so that other work and the collection of garbage hit both.
 */
export async function compareRefresh(
  rounds: number,
  refresh: () => Promise<void>,
  lists: () => Promise<unknown>,
): Promise<void> {
  const [ours, two] = [new Costs(), new Costs()];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) await two.add(lists);
    await ours.add(refresh);
    if (round % 2 === 1) await two.add(lists);
  }
  const line = (a: number, b: number) =>
    `${ms(a)}; its two requests alone, by turns: ${ms(b)}; ${((a / b - 1) * 100).toFixed(1)} % more`;
  say(
    `refresh: ${line(median(ours.clock), median(two.clock))} (wanted: at most 10; medians of ${rounds})`,
  );
  // The system counts in steps: only means are exact.
  say(`         processor time: ${line(mean(ours.processor), mean(two.processor))} (means)`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
