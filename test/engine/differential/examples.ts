/**
 * The project's own words against an engine: each example of the rules' pages, each fixture, whole and
 * service by service, and each of these after each fix that is offered.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, orderEdits } from "../../../src/compose/edits";
import type { Facts } from "../../../src/model/facts";
import type { Finding } from "../../../src/rules/rule";
import type { Lab } from "../../lab/lab.mjs";
import { rulesFolder } from "../../structure/rulesIndex";
import { brokenPromises } from "../../unit/rules/fixEffect";
import { readFixtures } from "../../unit/rules/fixture";
import { describe, kindOf } from "./campaign";
import { casePath, findingsOf, judge } from "./judge";
import { labFacts } from "./labFacts";
import { labParents, laidOutForLab, serviceByService } from "./labLayout";
import { type Outcome, Worker } from "./worker";

interface Subject {
  readonly name: string;
  readonly text: string;
  readonly facts: Facts;
}

export interface ExamplesResult {
  readonly texts: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

/** @param only - a part of the names of those that are wanted */
export async function runExamples(
  lab: Lab,
  log: (line: string) => void,
  only = "",
): Promise<ExamplesResult> {
  const version = await lab.version();
  const worker = await Worker.start(lab, labParents / 2);
  const engine = new CarefulEngine(worker, version);
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  const seen = new Set<string>();
  const count = (kind: string) => (counts[kind] = (counts[kind] ?? 0) + 1);
  const complain = (text: string) => {
    wrong.push(text);
    log(text);
  };
  const run = async (name: string, text: string) => {
    if (seen.has(text)) return;
    seen.add(text);
    const outcome = await engine.run(text);
    const judgement = judge(text, outcome, version, "lab", factsOf(version));
    count(kindOf(judgement));
    if (judgement.agrees) return;
    const { reason, findings } = judgement;
    complain(
      `${name}\n${describe({ number: seen.size, text, outcome, reason }, findings, version)}`,
    );
  };
  try {
    for (const { name, text, facts } of subjects().filter((each) => each.name.includes(only))) {
      const laidOut = laidOutForLab(text, facts);
      if ("why" in laidOut) {
        count(`no verdict: ${laidOut.why}`);
        continue;
      }
      for (const own of [laidOut.text, ...serviceByService(laidOut.text)]) {
        await run(name, own);
        for (const { title, fixed, broken } of fixedTexts(own, version)) {
          if (broken.length > 0) complain(`${name}: fix "${title}": ${broken.join("; ")}\n${own}`);
          await run(`${name}, after the fix "${title}"`, fixed);
        }
      }
    }
  } finally {
    await worker.stop();
  }
  log(`${seen.size} texts on Engine ${version}: ${JSON.stringify(counts)}`);
  return { texts: seen.size, counts, wrong };
}

function subjects(): Subject[] {
  const pages = readdirSync(rulesFolder).filter((file) => file !== "README.md");
  const examples = pages.flatMap((file) => {
    const page = readFileSync(join(rulesFolder, file), "utf8");
    const blocks = [...page.matchAll(/```ya?ml\n([\s\S]*?)```/g)];
    return blocks.map(([, text = ""], index) => ({
      ...{ name: `docs/rules/${file} example ${index + 1}`, text, facts: {} },
    }));
  });
  const fixtures = readFixtures().map(({ name, text, facts }) => ({
    ...{ name: `fixture ${name}`, text, facts },
  }));
  return [...examples, ...fixtures];
}

function factsOf(version: string): Facts {
  const base = labFacts(version);
  const more = Array.from({ length: labParents }, (_, index) => `lan${index}`)
    .filter((name) => base.interfaces?.every((each) => each.name !== name))
    .map((name) => ({ name, kind: "veth", up: true, addresses: [] }) as const);
  return { ...base, interfaces: [...(base.interfaces ?? []), ...more] };
}

function fixedTexts(text: string, version: string) {
  const facts = factsOf(version);
  const before = findingsOf(text, version, facts);
  return before.flatMap((finding: Finding) =>
    (finding.fixes?.() ?? []).flatMap(({ title, edits }) => {
      const ordered = orderEdits(edits, text.length);
      if (!ordered) return [];
      const fixed = applyEdits(text, ordered);
      const after = findingsOf(fixed, version, facts);
      const broken = brokenPromises(text, casePath, edits, finding, before, after);
      return [{ title, fixed, broken }];
    }),
  );
}

/**
 * Runs one text after another on one engine. What a refused one may have left behind, a pool that is taken
 * until the engine is started anew, never decides: a disagreement is asked again on a new engine.
 */
class CarefulEngine {
  private readonly worker: Worker;
  private readonly version: string;
  private clean = true;

  constructor(worker: Worker, version: string) {
    this.worker = worker;
    this.version = version;
  }

  async run(text: string): Promise<Outcome> {
    const outcome = await this.ask(text);
    const { clean } = this;
    this.clean &&= outcome.accepted;
    if (clean || judge(text, outcome, this.version, "lab", factsOf(this.version)).agrees)
      return outcome;
    await this.worker.restart();
    const again = await this.ask(text);
    this.clean = again.accepted;
    return again;
  }

  private async ask(text: string): Promise<Outcome> {
    if (this.worker.mustRestart) await this.worker.restart();
    return this.worker.runInPlace(text);
  }
}
