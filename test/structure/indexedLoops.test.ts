/** What the build makes of loops over arrays does the same as what is written. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { rewritten } from "../../build/indexedLoops.mjs";

describe("loops over arrays, for production", function () {
  // The type checker starts with the first of them.
  this.timeout(20_000);
  const folder = mkdtempSync(path.join(tmpdir(), "macvlan-loops-"));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The program as it is written and as it is built, and what both put into `seen`. */
  function both(body: string) {
    const file = path.join(folder, "program.ts");
    writeFileSync(file, `const seen: unknown[] = [];\n${body}\n`);
    const program = ts.createProgram([file], { target: ts.ScriptTarget.ES2023, types: [] });
    const source = program.getSourceFile(file);
    assert.ok(source);
    const built = rewritten(source, program.getTypeChecker());
    const run = (text: string): unknown => {
      const { outputText } = ts.transpileModule(text, {
        compilerOptions: { target: ts.ScriptTarget.ES2023 },
      });
      // The text is the test's own.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
      return new Function(`${outputText}\nreturn seen;`)();
    };
    const iterators = built.match(/\bof\b/g)?.length ?? 0;
    return { written: run(source.text), built: run(built), iterators };
  }

  const cases: readonly [name: string, body: string, iterators: number][] = [
    ["items", "for (const item of [1, 2, 3]) seen.push(item);", 0],
    [
      "one in the other, with a label and names that are used again",
      `outer: for (const item of [[1, 2, 3], [4, 5]]) {
        for (const item2 of item) {
          const item = item2;
          if (item === 2) continue;
          if (item === 5) break outer;
          seen.push(item);
        }
      }`,
      0,
    ],
    [
      "destructured items, and closures over them",
      `const all: (() => number)[] = [];
      for (const { a, b = 7 } of [{ a: 1 }, { a: 2, b: 3 }] as { a: number; b?: number }[]) all.push(() => a + b);
      for (const one of all) seen.push(one());`,
      0,
    ],
    ["indexes", "for (const [i, text] of ['a', 'b'].entries()) seen.push(i, text);", 0],
    [
      "a list that grows while it is visited",
      "const list = [3]; for (const n of list) { seen.push(n); if (n > 0) list.push(n - 1); }",
      0,
    ],
    [
      "a list that is given for each loop once",
      "let asked = 0; const list = () => { asked++; return [1, 2]; }; for (const n of list()) seen.push(n, asked);",
      0,
    ],
    [
      "a tuple or a list",
      "const l = (seen ? [1, 2] : [3]) as [number, number] | number[]; for (let n of l) seen.push(n++);",
      0,
    ],
    [
      "what is no array, as it was",
      `for (const one of new Set([1, 1, 2])) seen.push(one);
      for (const [key, value] of new Map([[1, 2]])) seen.push(key, value);
      for (const [key] of new Map([[1, 2]]).entries()) seen.push(key);
      for (const letter of "a\u{1F600}") seen.push(letter);`,
      4,
    ],
  ];
  for (const [name, body, left] of cases) {
    it(`visit ${name}`, () => {
      const { written, built, iterators } = both(body);
      assert.ok((written as unknown[]).length > 0);
      assert.deepEqual(built, written);
      assert.equal(iterators, left, "loops by an iterator");
    });
  }
});
