/**
 * Replays what the real Compose said of each project of `test/fixtures/compose`; how it was asked:
 * `npm run compare -- --record`.
 */
import assert from "node:assert/strict";
import { type Case, readCases, readExpected, readOpen } from "../../compare/cases";
import { ours } from "../../compare/ours";
import { verdictOf } from "../../compare/verdict";

describe("compose files, read as Docker Compose reads them", () => {
  const cases = readCases();
  const open = new Set(readOpen());

  it("has its cases", () => {
    assert.ok(cases.length > 500);
    const known = new Set(cases.map(({ name }) => name));
    assert.deepEqual(
      [...open].filter((name) => !known.has(name)),
      [],
    );
  });

  for (const one of cases) {
    if (open.has(one.name)) continue;
    it(one.name, () => {
      const verdict = verdictOf(ours(one.folder, one.invocation), readExpected(one));
      assert.ok(agrees(verdict), "why" in verdict ? `${verdict.kind}: ${verdict.why}` : "");
    });
  }

  it("lists as open only what still differs", () => {
    const agreed = cases.filter(({ name }) => open.has(name)).filter(isAgreed);
    assert.deepEqual(
      agreed.map(({ name }) => name),
      [],
    );
  });
});

function isAgreed(one: Case): boolean {
  return agrees(verdictOf(ours(one.folder, one.invocation), readExpected(one)));
}

function agrees({ kind }: { readonly kind: string }): boolean {
  return kind === "agreed" || kind === "both refuse";
}
