import assert from "node:assert/strict";
import {
  type Prefix,
  canonicalPrefix,
  formatPrefix,
  prefixesOverlap,
} from "../../../../src/model/cidr";
import { visitOverlaps } from "../../../../src/rules/support/overlaps";
import { seededRandom } from "../../support/random";

interface Item {
  readonly subnet: Prefix;
  readonly index: number;
}

function pairsFound(items: readonly Item[], deepest?: number): string[] {
  const found: string[] = [];
  visitOverlaps(
    items,
    (outer, inner) => {
      assert.ok(outer.subnet.length <= inner.subnet.length, "the wider one comes first");
      found.push([outer.index, inner.index].sort((a, b) => a - b).join(" "));
    },
    deepest,
  );
  return found.sort();
}

describe("visitOverlaps", () => {
  it("finds the pairs that comparing all with all finds, each once", () => {
    const random = seededRandom(21);
    for (let round = 0; round < 300; round++) {
      const items = Array.from({ length: random.int(12) }, (_, index): Item => {
        const [family, base] = random.pick([
          [4, 0x0a000000n],
          [6, 0x0a000000n],
        ] as const);
        const length = family === 4 ? 24 + random.int(9) : 120 + random.int(9);
        const address = base + BigInt(random.int(512));
        return { subnet: canonicalPrefix({ family, address, length }), index };
      });
      const expected: string[] = [];
      for (const [i, a] of items.entries()) {
        for (const b of items.slice(i + 1)) {
          if (prefixesOverlap(a.subnet, b.subnet)) expected.push(`${i} ${b.index}`);
        }
      }
      const texts = items.map(({ subnet }) => formatPrefix(subnet)).join(" ");
      assert.deepEqual(pairsFound(items), expected.sort(), texts);
    }
  });

  it("does not visit every pair of a thousand equal ones", () => {
    const subnet: Prefix = { family: 4, address: 0x0a000000n, length: 24 };
    const items = Array.from({ length: 1000 }, (_, index) => ({ subnet, index }));
    const pairs = pairsFound(items, 4);
    assert.ok(pairs.length < 4000);
    const later = new Set(pairs.map((pair) => pair.split(" ")[1]));
    assert.ok(later.size >= 999 - 4, "each but the first meets another");
  });
});
