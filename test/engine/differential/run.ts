/** `npm run differential`: asks a real engine about generated compose files, and compares. */
import { parseArgs } from "node:util";
import { attachLab, startLab } from "../../lab/lab.mjs";
import { isRunning } from "../../lab/labState.mjs";
import { type Disagreement, campaign } from "./campaign";
import { runExamples } from "./examples";
import type { EngineName } from "../../lab/rootfs.mjs";
import { seedOf } from "./generator";
import { judge } from "./judge";
import { Worker } from "./worker";

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
    lean: { type: "boolean", default: false },
  },
});
const log = (line: string) => {
  console.log(line);
};

/** Asks an engine with its usual options again: a lean one gives no verdict against the checker. */
async function confirm(
  engine: EngineName,
  disagreements: readonly Disagreement[],
): Promise<Disagreement[]> {
  const lab = await startLab({ engine });
  try {
    const worker = await Worker.start(lab, 1);
    const version = await lab.version();
    const kept: Disagreement[] = [];
    for (const disagreement of disagreements) {
      const { number, text } = disagreement;
      const outcome = await worker.runAlone(text);
      const { agrees } = judge(text, outcome, version);
      log(`case ${number} with usual options: ${agrees ? "agrees" : "disagrees"}`);
      if (!agrees) kept.push({ ...disagreement, outcome });
    }
    await worker.stop();
    return kept;
  } finally {
    await lab.stop();
  }
}

async function main(): Promise<number> {
  const engine = values.engine as EngineName;
  const seed = /^\d+$/.test(values.seed) ? Number(values.seed) : seedOf(values.seed);
  const name = values.lab;
  const lab =
    name !== undefined && isRunning(name)
      ? attachLab(name)
      : await startLab({ engine, lean: values.lean });
  let disagreements: readonly Disagreement[] = [];
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
    disagreements = result.disagreements;
  } finally {
    if (name === undefined) await lab.stop();
  }
  if (values.lean && disagreements.length > 0) disagreements = await confirm(engine, disagreements);
  return disagreements.length > 0 ? 1 : 0;
}

void main().then((code) => {
  process.exitCode = code;
});
