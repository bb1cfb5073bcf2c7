/** `npm run compare`: asks the real Compose and us about the same files, and counts. */
import { type Expected, readCases } from "./cases";
import { inParallel } from "./inParallel";
import { networkPart } from "./networkPart";
import { ours } from "./ours";
import { type FolderCopy, type Invocation, RealCompose } from "./realCompose";
import { laidOut, subjectsOf } from "./subjects";
import { type Verdict, verdictOf } from "./verdict";

/** One comparison: `folder` as we read it, `copy` as Compose does. */
interface Pair {
  readonly name: string;
  readonly folder: string;
  readonly copy: () => FolderCopy;
  readonly invocation: Invocation;
}

/** Compares the compose files of the folders, or the project's own cases; false when they disagree. */
export async function compare(folders: readonly string[]): Promise<boolean> {
  const compose = await RealCompose.open();
  console.log(`Compose ${await compose.version()}`);
  const pairs =
    folders.length === 0 ? ownCases(compose) : folders.flatMap((f) => filesOf(f, compose));
  const verdicts: [name: string, verdict: Verdict][] = [];
  await inParallel(pairs, async ({ name, folder, copy, invocation }) => {
    const answer = await copy().config(invocation);
    const expected: Expected = "error" in answer ? answer : networkPart(answer.config);
    verdicts.push([name, verdictOf(ours(folder, invocation), expected)]);
  });
  compose.close();
  return report(verdicts);
}

function ownCases(compose: RealCompose): Pair[] {
  return readCases().map(({ name, folder, invocation }) => ({
    name,
    folder,
    invocation,
    copy: () => compose.copy(folder),
  }));
}

function filesOf(given: string, compose: RealCompose): Pair[] {
  const folder = laidOut(given);
  const copy = compose.copy(folder);
  return subjectsOf(folder).map((subject) => ({ ...subject, folder, copy: () => copy }));
}

function report(verdicts: readonly [name: string, verdict: Verdict][]): boolean {
  const counts = new Map<string, number>();
  for (const [name, verdict] of [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1);
    if ("why" in verdict)
      console.log(`${verdict.kind}: ${name}\n    ${verdict.why.replaceAll("\n", "\n    ")}`);
  }
  console.log(`\n${verdicts.length} compared`);
  for (const [kind, count] of counts) console.log(`${String(count).padStart(6)} ${kind}`);
  return !counts.has("differs") && !counts.has("only we refuse");
}
