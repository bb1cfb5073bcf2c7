import assert from "node:assert/strict";
import {
  type AddressPlan,
  type AddressUse,
  type PlanPart,
  addressPlan,
  addressUses,
  countAddresses,
  layoutOf,
  nextFreeAddress,
  nextFreeBlock,
  structuralParts,
} from "../../../src/model/addressPlan";
import {
  type AddressRange,
  type Prefix,
  firstOf,
  formatPrefix,
  formatRange,
  lastOf,
  parsePrefix,
  parseRange,
} from "../../../src/model/cidr";
import { type Random, seededRandom } from "../support/random";

function subnet(text: string): Prefix {
  const prefix = parsePrefix(text);
  assert.ok(prefix, text);
  return prefix;
}

function part(use: PlanPart["use"], text: string, label?: string): PlanPart {
  const range = parseRange(text);
  assert.ok(range, text);
  return label === undefined ? { use, range } : { use, range, label };
}

/** A small subnet with parts that overlap each other and reach beyond it. */
function randomPlan(random: Random): AddressPlan {
  const family = random.pick([4, 6] as const);
  const bits = family === 4 ? 32 : 128;
  const length = bits - random.int(8);
  const base = family === 4 ? 0xc0a80100n : 0xfd000000000000000000000000000000n;
  const size = 1 << (bits - length);
  const uses = addressUses.filter((use) => use !== "free");
  const parts = Array.from({ length: random.int(6) }, (): PlanPart => {
    const first = base + BigInt(random.int(size + 8) - 4);
    return {
      use: random.pick(uses),
      range: { family, first, last: first + BigInt(random.pick([0, 0, 1, 3, random.int(size)])) },
    };
  });
  return addressPlan({ family, address: base, length }, parts);
}

/** The use of each address of the subnet, by looking at every part for every address. */
function usesOf(plan: AddressPlan, ignore: readonly AddressUse[] = []): Map<bigint, AddressUse> {
  const uses = new Map<bigint, AddressUse>();
  for (let value = firstOf(plan.subnet); value <= lastOf(plan.subnet); value++) {
    const here = plan.parts.filter(
      ({ use, range }) => range.first <= value && value <= range.last && !ignore.includes(use),
    );
    uses.set(value, addressUses.find((use) => here.some((p) => p.use === use)) ?? "free");
  }
  return uses;
}

describe("addressPlan, against looking at every address", () => {
  it("finds the next free address", () => {
    const random = seededRandom(11);
    for (let i = 0; i < 2000; i++) {
      const plan = randomPlan(random);
      const [first, last] = [firstOf(plan.subnet), lastOf(plan.subnet)];
      const from = first + BigInt(random.int(Number(last - first) + 3) - 1);
      const within: AddressRange | undefined =
        random.int(2) === 0
          ? undefined
          : { family: plan.subnet.family, first: first + 2n, last: last + 5n };
      const ignore: AddressUse[] = random.pick([[], ["dynamic"]]);
      const free = [...usesOf(plan, ignore)]
        .filter(([value, use]) => {
          return use === "free" && (!within || (value >= within.first && value <= within.last));
        })
        .map(([value]) => value);
      const expected = free.find((value) => value >= from) ?? free[0];
      const found = nextFreeAddress(plan, { from, ignore, ...(within && { within }) });
      assert.equal(found?.value, expected, formatPrefix(plan.subnet));
    }
  });

  it("finds the lowest free block", () => {
    const random = seededRandom(12);
    const seen = { found: 0, none: 0 };
    for (let i = 0; i < 2000; i++) {
      const plan = randomPlan(random);
      const uses = usesOf(plan);
      const length = plan.subnet.length + random.int(5);
      const block = nextFreeBlock(plan, length);
      const bits = plan.subnet.family === 4 ? 32 : 128;
      if (length > bits) {
        assert.equal(block, undefined);
        continue;
      }
      const size = 1n << BigInt(bits - length);
      let expected: bigint | undefined;
      for (let at = firstOf(plan.subnet); at + size - 1n <= lastOf(plan.subnet); at += size) {
        let free = true;
        for (let value = at; value < at + size; value++) free &&= uses.get(value) === "free";
        if (free) {
          expected = at;
          break;
        }
      }
      assert.equal(block?.address, expected, formatPrefix(plan.subnet));
      seen[expected === undefined ? "none" : "found"]++;
    }
    assert.ok(seen.found > 100 && seen.none > 100, JSON.stringify(seen));
  });

  it("lays out the whole subnet, the first use hiding the others", () => {
    const random = seededRandom(13);
    for (let i = 0; i < 1000; i++) {
      const plan = randomPlan(random);
      const uses = usesOf(plan);
      let next = firstOf(plan.subnet);
      for (const { use, range } of layoutOf(plan)) {
        assert.equal(range.first, next, "no gap and no overlap");
        for (let value = range.first; value <= range.last; value++) {
          assert.equal(use, uses.get(value));
        }
        next = range.last + 1n;
      }
      assert.equal(next, lastOf(plan.subnet) + 1n);
    }
  });

  it("counts addresses, dynamic ones as free", () => {
    const random = seededRandom(14);
    for (let i = 0; i < 1000; i++) {
      const plan = randomPlan(random);
      const uses = [...usesOf(plan, ["dynamic"]).values()];
      const free = uses.filter((use) => use === "free").length;
      assert.deepEqual(countAddresses(plan), { total: BigInt(uses.length), free: BigInt(free) });
    }
  });
});

describe("addressPlan", () => {
  it("keeps the ends of a subnet as the engine does", () => {
    const ends = (text: string) =>
      structuralParts(subnet(text)).map(({ use, range }) => `${use} ${formatRange(range)}`);
    assert.deepEqual(ends("10.0.0.0/24"), ["network 10.0.0.0", "broadcast 10.0.0.255"]);
    assert.deepEqual(ends("10.0.0.0/30"), ["network 10.0.0.0", "broadcast 10.0.0.3"]);
    assert.deepEqual(ends("10.0.0.0/31"), []);
    assert.deepEqual(ends("10.0.0.0/32"), []);
    assert.deepEqual(ends("fd00::/64"), ["network fd00::"]);
    assert.deepEqual(ends("fd00::/128"), ["network fd00::"]);
  });

  it("names who uses what", () => {
    const plan = addressPlan(subnet("10.0.0.0/28"), [
      part("gateway", "10.0.0.1", "router"),
      part("claimed", "10.0.0.4", "pihole"),
      part("claimed", "10.0.0.4", "unbound"),
      part("dynamic", "10.0.0.8/29"),
    ]);
    assert.deepEqual(
      layoutOf(plan).map(({ use, range, labels }) =>
        [use, formatRange(range), ...labels].join(" "),
      ),
      [
        "network 10.0.0.0",
        "gateway 10.0.0.1 router",
        "free 10.0.0.2-10.0.0.3",
        "claimed 10.0.0.4 pihole unbound",
        "free 10.0.0.5-10.0.0.7",
        "dynamic 10.0.0.8-10.0.0.14",
        "broadcast 10.0.0.15",
      ],
    );
  });

  it("handles subnets of any size without walking them", () => {
    const plan = addressPlan(subnet("fd00::/8"), [part("claimed", "fd00::1-fdff::1")]);
    assert.equal(nextFreeAddress(plan)?.value, (0xfdffn << 112n) + 2n);
    assert.equal(countAddresses(plan).total, 1n << 120n);
    const block = nextFreeBlock(plan, 9);
    assert.equal(block, undefined, "the upper half begins with fd80::");
    assert.equal(nextFreeBlock(plan, 7), undefined, "bigger than the subnet");
  });
});
