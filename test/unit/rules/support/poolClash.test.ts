import assert from "node:assert/strict";
import {
  type Prefix,
  canonicalPrefix,
  formatPrefix,
  prefixesOverlap,
} from "../../../../src/model/cidr";
import {
  type ClashKind,
  type Pool,
  type WantedAddress,
  clashOf,
  clashWithExisting,
} from "../../../../src/rules/support/poolClash";
import { type Random, seededRandom } from "../../support/random";

/**
 * The engine's allocator as its source has it: a list of subnets that are in use, ranges by subnet,
 * and one table of addresses for each subnet (defaultipam allocateSubnet, ipamAllocateVersion,
 * bridge checkConflict).
 */
class Engine {
  private readonly subnets: Prefix[] = [];
  private readonly ranges = new Set<string>();
  private readonly tables = new Map<string, Set<bigint>>();
  private readonly bridges: Prefix[] = [];

  /** False when the network is refused. */
  create(pool: Pool): boolean {
    const key = formatPrefix(pool.subnet);
    if (pool.range === "none") {
      if (this.subnets.some((subnet) => prefixesOverlap(subnet, pool.subnet))) return false;
    } else {
      assert.ok(typeof pool.range === "object");
      const child = `${key} ${formatPrefix(pool.range)}`;
      if (this.ranges.has(child)) return false;
      this.ranges.add(child);
    }
    const table = this.tables.get(key) ?? new Set();
    this.tables.set(key, table);
    this.subnets.push(pool.subnet);
    for (const { address, use } of pool.wanted) {
      let { value } = address;
      while (use === "hidden" && table.has(value)) value++;
      if (table.has(value)) return false;
      table.add(value);
    }
    if (pool.bridge) {
      if (this.bridges.some((subnet) => prefixesOverlap(subnet, pool.subnet))) return false;
      this.bridges.push(pool.subnet);
    }
    return true;
  }
}

function accepts(first: Pool, second: Pool): boolean {
  const engine = new Engine();
  assert.ok(engine.create(first), "the first is fine by itself");
  return engine.create(second);
}

function randomPool(random: Random): Pool {
  const address = 0x0a000000n + BigInt(random.int(4) * 64);
  const subnet = canonicalPrefix({ family: 4, address, length: random.pick([24, 24, 25, 26]) });
  const length = random.pick([26, 27]);
  const range = canonicalPrefix({
    family: 4,
    address: subnet.address + BigInt(random.int(2) * 32),
    length,
  });
  const at = (host: bigint) => ({ family: 4 as const, value: subnet.address + host });
  const gateway = random.pick([1n, 2n, 3n]);
  const wanted: WantedAddress[] = [
    { address: at(gateway), use: random.pick(["gateway", "hidden"] as const) },
    ...random.pick([[], [{ address: at(9n), use: { aux: "a" } }]]),
  ];
  return {
    subnet,
    range: random.pick(["none", range, range]),
    wanted,
    bridge: random.pick([true, false]),
    link: undefined,
    network: { key: "n" },
    entry: undefined,
  };
}

describe("clashes of pools, against the engine's allocator", () => {
  it("says what becomes of two networks that are made in any order", () => {
    const random = seededRandom(31);
    const seen = new Map<string, number>();
    for (let i = 0; i < 5000; i++) {
      const [a, b] = [randomPool(random), randomPool(random)];
      const [ab, ba] = [accepts(a, b), accepts(b, a)];
      const clash = clashOf(a, b);
      const expected = ab && ba ? ["nothing"] : ab || ba ? ["order"] : ["refused"];
      const kind = clash?.kind ?? "nothing";
      const text = [a, b].map((p) => `${formatPrefix(p.subnet)} ${p.bridge}`).join(", ");
      assert.ok(expected.includes(kind), `${kind}, not ${expected.join(" or ")}: ${text}`);
      if (clash?.kind === "order") assert.equal(ab, clash.first === a, "which has to be first");
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    for (const kind of ["nothing", "order", "refused"]) {
      assert.ok((seen.get(kind) ?? 0) > 50, `${kind} was tried`);
    }
  });

  it("says what becomes of one that is made beside one that exists", () => {
    const random = seededRandom(32);
    for (let i = 0; i < 5000; i++) {
      const [existing, made] = [randomPool(random), randomPool(random)];
      const clash = clashWithExisting(existing, made);
      assert.equal(clash === undefined, accepts(existing, made), JSON.stringify(clash?.kind));
    }
  });
});

describe("clashes of pools", () => {
  const subnet: Prefix = { family: 4, address: 0x0a000000n, length: 24 };
  const half: Prefix = { family: 4, address: 0x0a000000n, length: 25 };
  const pool: Pool = {
    subnet,
    range: half,
    wanted: [],
    bridge: false,
    link: "eth0",
    network: { key: "n" },
    entry: undefined,
  };

  it("says that two tables on one link give one address twice", () => {
    const kind = (a: Pool, b: Pool): ClashKind["kind"] | undefined => clashOf(a, b)?.kind;
    const narrow: Pool = { ...pool, subnet: half, range: { ...half, length: 26 } };
    assert.equal(kind(pool, narrow), "twice");
    assert.equal(kind(pool, { ...narrow, link: "eth1" }), undefined);
    assert.equal(kind(pool, { ...narrow, link: undefined }), undefined);
    const upper: Pool = { ...narrow, range: { family: 4, address: 0x0a000040n, length: 26 } };
    assert.equal(kind({ ...pool, range: { ...half, length: 26 } }, upper), undefined);
  });

  it("says nothing where a range is not known", () => {
    const hidden: Pool = { ...pool, range: "unknown" };
    assert.equal(clashOf(pool, hidden), undefined);
    assert.equal(clashOf({ ...pool, range: "none" }, hidden), undefined);
    assert.equal(clashWithExisting(pool, hidden), undefined);
    assert.equal(clashWithExisting(hidden, { ...pool, range: "none" })?.kind, "refused");
    const bridges = clashOf({ ...hidden, bridge: true }, { ...pool, bridge: true });
    assert.equal(bridges?.kind, "refused", "two bridges are refused whatever the range is");
  });
});
