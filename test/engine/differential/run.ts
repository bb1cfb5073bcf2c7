/** `npm run differential`: asks a real engine about generated compose files, and compares. */
import { parseArgs } from "node:util";
import { attachLab, startLab } from "../../lab/lab.mjs";
import { isRunning } from "../../lab/labState.mjs";
import { campaign } from "./campaign";
import { runExamples } from "./examples";
import type { EngineName } from "../../lab/rootfs.mjs";
import { seedOf } from "./generator";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "200" },
    from: { type: "string", default: "0" },
    engine: { type: "string", default: "sid" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    lanes: { type: "string", default: "4" },
    lab: { type: "string" },
    record: { type: "string" },
    examples: { type: "boolean", default: false },
    only: { type: "string" },
    shrink: { type: "boolean", default: false },
  },
});
async function main(): Promise<number> {
  const engine = values.engine as EngineName;
  const seed = /^\d+$/.test(values.seed) ? Number(values.seed) : seedOf(values.seed);
  const name = values.lab;
  const lab = name !== undefined && isRunning(name) ? attachLab(name) : await startLab({ engine });
  const log = (line: string) => {
    console.log(line);
  };
  try {
    if (values.examples) {
      return (await runExamples(lab, log, values.only)).wrong.length > 0 ? 1 : 0;
    }
    const result = await campaign({
      lab,
      seed,
      from: Number(values.from),
      cases: Number(values.cases),
      lanes: Number(values.lanes),
      shrinks: values.shrink,
      record: values.record,
      log,
    });
    return result.disagreements.length > 0 ? 1 : 0;
  } finally {
    if (name === undefined) await lab.stop();
  }
}

void main().then((code) => {
  process.exitCode = code;
});
