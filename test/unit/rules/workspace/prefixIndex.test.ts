import assert from "node:assert/strict";
import {
  type Prefix,
  canonicalPrefix,
  formatPrefix,
  prefixesOverlap,
} from "../../../../src/model/cidr";
import { PrefixIndex } from "../../../../src/rules/workspace/prefixIndex";
import { type Random, seededRandom } from "../../support/random";

interface Item {
  readonly subnet: Prefix;
  readonly number: number;
}

/** Prefixes of a small part of both address spaces, so that many meet. */
function randomPrefix(random: Random): Prefix {
  const int = (below: number) => random.int(below);
  const v4 = { family: 4, address: 0x0a000000n + BigInt(int(4096)), length: 20 + int(13) } as const;
  const v6 = {
    family: 6,
    address: (0xfdn << 120n) + BigInt(int(4096)),
    length: 112 + int(17),
  } as const;
  return canonicalPrefix(int(10) < 7 ? v4 : v6);
}

describe("index of prefixes", () => {
  it("finds what comparing with each finds, whatever came and went", () => {
    const random = seededRandom(11);
    const index = new PrefixIndex<Item>();
    const items: Item[] = [];
    for (let number = 0; number < 2_000; number++) {
      const subnet = randomPrefix(random);
      if (items.length > 0 && random.int(10) < 4) {
        const [gone] = items.splice(random.int(items.length), 1);
        index.delete(gone!);
      } else {
        const item = { subnet, number };
        items.push(item);
        index.add(item);
      }
      const found = [...index.overlapping(subnet)].map((item) => item.number).sort((a, b) => a - b);
      const expected = items
        .filter((item) => prefixesOverlap(item.subnet, subnet))
        .map((item) => item.number)
        .sort((a, b) => a - b);
      assert.deepEqual(found, expected, formatPrefix(subnet));
    }
  });

  it("holds the same item once, and lets go of what it does not have", () => {
    const index = new PrefixIndex<Item>();
    const item = { subnet: randomPrefix(seededRandom(1)), number: 0 };
    index.delete(item);
    index.add(item);
    index.delete({ ...item });
    assert.deepEqual([...index.overlapping(item.subnet)], [item]);
    index.delete(item);
    assert.deepEqual([...index.overlapping(item.subnet)], []);
  });
});
