import assert from "node:assert/strict";
import type { ReadProblem } from "../../../src/compose/project";
import { withWords } from "../../../src/compose/words";

const text = "a: 1\n\na: 2\na: 3";

function doubleAt(from: number): ReadProblem {
  const place = { path: "f", from, to: from + 1 };
  return { code: "type", message: "m", place, words: (lineOf) => `line ${lineOf(place)}` };
}

describe("Compose's words about lines", () => {
  it("count lines from 1, and empty ones too", () => {
    const problems = [0, 3, 4, 5, 6, 11].map(doubleAt);
    const words = withWords(problems, () => text).map((problem) => problem.composeMessage);
    assert.deepEqual(
      words,
      [1, 1, 1, 2, 3, 4].map((line) => `line ${line}`),
    );
  });

  it("look at a text once, however many problems it has", () => {
    let reads = 0;
    const textOf = () => {
      reads++;
      return text;
    };
    withWords([0, 6, 11].map(doubleAt), textOf);
    assert.equal(reads, 1);
  });

  it("leave a list without any as it is", () => {
    const problems: ReadProblem[] = [
      { code: "type", message: "m", place: { path: "f", from: 0, to: 1 } },
    ];
    assert.equal(
      withWords(problems, () => text),
      problems,
    );
  });
});
