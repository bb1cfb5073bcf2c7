/**
 * Runs in a process of its own: node --expose-gc worker.cjs ROUNDS SHARE SHARES MINUTES. Prints JSON for each project.
 * Within the minutes every project is run five times, and then as often as its part of the time allows; what is left of the time
 * goes to those that lack rounds, the cheapest first.
 */
import { performance } from "node:perf_hooks";
import { analyse } from "./analyse";
import { hostileProjects } from "./projects";

const [rounds = 1, share = 0, shares = 1, minutes = 0] = process.argv.slice(2).map(Number);
const time = minutes === 0 ? Number.POSITIVE_INFINITY : minutes * 60_000;
const end = performance.now() + time;
const runs = hostileProjects()
  .filter((_, index) => index % shares === share)
  .map((project) => ({
    project,
    result: { name: project.name, wrong: "", rounds: 0, spent: 0 },
    /** Processor time of each round. */
    times: [] as number[],
  }));
/** Rounds of each project: the best of one would be that of code that is not optimised yet. */
const fewest = 5;
type Run = (typeof runs)[number];
const memory: number[] = [];
for (let round = 0; round < rounds; round++) {
  for (const one of runs) {
    if (round < fewest || one.result.spent < time / runs.length) measure(one);
  }
  (globalThis as { gc?: () => void }).gc?.();
  memory.push(process.memoryUsage().heapUsed);
}
const cost = ({ result }: Run) => result.spent / result.rounds;
for (const one of runs.sort((a, b) => cost(a) - cost(b))) {
  while (one.result.rounds < rounds && performance.now() < end) measure(one);
}
const results = runs.map(({ result, times }) => {
  const [first = 0] = times;
  const sorted = [...times].sort((a, b) => a - b);
  const [best = 0, median = 0, slowest = 0] = [
    sorted[0],
    sorted[sorted.length >> 1],
    sorted.at(-1),
  ];
  return { ...result, best, median, first, slowest };
});
process.stdout.write(JSON.stringify({ results, memory }));

function measure({ project, result, times }: Run): void {
  const cpu = process.cpuUsage();
  const start = performance.now();
  try {
    result.wrong ||= analyse(project) ?? "";
  } catch (error) {
    result.wrong ||= error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const took = performance.now() - start;
  const used = process.cpuUsage(cpu);
  times.push((used.user + used.system) / 1000);
  result.rounds++;
  result.spent += took;
}
