/** `npm run compare -- --record`: asks the real Compose about each case and writes its answer. */
import { type Case, type Expected, readCases, readExpected, writeExpected } from "./cases";
import { inParallel } from "./inParallel";
import { networkPart } from "./networkPart";
import { RealCompose } from "./realCompose";

/** `names`: only these cases. */
export async function record(names: readonly string[]): Promise<void> {
  const compose = await RealCompose.open();
  console.log(`Compose ${await compose.version()}`);
  const cases = readCases().filter(({ name }) => names.length === 0 || names.includes(name));
  let changed = 0;
  await inParallel(cases, async (one) => {
    const copy = compose.copy(one.folder);
    const answer = await copy.config(one.invocation);
    copy.remove();
    const expected = "error" in answer ? answer : networkPart(answer.config);
    if (JSON.stringify(expected) === JSON.stringify(before(one))) return;
    changed++;
    console.log(`changed: ${one.name}`);
    writeExpected(one, expected);
  });
  compose.close();
  console.log(`${cases.length} cases, ${changed} changed`);
}

function before(one: Case): Expected | undefined {
  try {
    return readExpected(one);
  } catch {
    return undefined;
  }
}
