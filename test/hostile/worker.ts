/** Runs in a process of its own: node --expose-gc worker.cjs ROUNDS SHARE SHARES. Prints JSON for each project. */
import { performance } from "node:perf_hooks";
import { analyse } from "./analyse";
import { hostileProjects } from "./texts";

const [rounds = 1, share = 0, shares = 1] = process.argv.slice(2).map(Number);
const projects = hostileProjects().filter((_, index) => index % shares === share);
const results = projects.map(({ name }) => ({ name, wrong: "", slowest: 0, cpu: 0, first: 0 }));
const memory: number[] = [];
for (let round = 0; round < rounds; round++) {
  projects.forEach((project, index) => {
    const result = results[index];
    if (!result) return;
    const cpu = process.cpuUsage();
    const start = performance.now();
    try {
      result.wrong ||= analyse(project) ?? "";
    } catch (error) {
      result.wrong ||= error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    const time = performance.now() - start;
    const used = process.cpuUsage(cpu);
    const spent = (used.user + used.system) / 1000;
    if (round === 0) result.first = time;
    if (time > result.slowest) [result.slowest, result.cpu] = [time, spent];
  });
  (globalThis as { gc?: () => void }).gc?.();
  memory.push(process.memoryUsage().heapUsed);
}
process.stdout.write(JSON.stringify({ results, memory }));
