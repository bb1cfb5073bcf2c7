import assert from "node:assert/strict";
import { isIP } from "node:net";
import { IPv4, IPv4CidrRange, IPv4Prefix, IPv6, IPv6CidrRange, IPv6Prefix } from "ip-num";
import {
  type Address,
  type AddressRange,
  type Family,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  containsPrefix,
  familyBits,
  firstOf,
  formatAddress,
  formatPrefix,
  formatRange,
  hasHostBits,
  lastOf,
  parseAddress,
  parsePrefix,
  parseRange,
  prefixSize,
  prefixesOverlap,
  rangeOf,
  rangesOverlap,
  splitRange,
} from "../../../src/model/cidr";
import { type Random, seededRandom } from "../support/random";

/** ip-num knows nothing of this project: two independent readings have to agree. */
function oracleRange(prefix: Prefix) {
  const { family, address } = canonicalPrefix(prefix);
  const length = BigInt(prefix.length);
  return family === 4
    ? new IPv4CidrRange(new IPv4(address), new IPv4Prefix(length))
    : new IPv6CidrRange(new IPv6(address), new IPv6Prefix(length));
}

function randomValue(random: Random, family: Family): bigint {
  let value = 0n;
  for (let bits = 0; bits < familyBits(family); bits += 16) {
    // Runs of zeros and ones are where formats and carries go wrong.
    const group = random.pick([0, 0, 0, 1, 0xffff, random.int(0x10000), random.int(0x10000)]);
    value = (value << 16n) | BigInt(group);
  }
  return value;
}

function randomPrefix(random: Random, family: Family): Prefix {
  const length = random.int(familyBits(family) + 1);
  return { family, address: randomValue(random, family), length };
}

/** Two prefixes that often touch: the second is cut from around the first. */
function relatedPrefixes(random: Random, family: Family): [Prefix, Prefix] {
  const a = randomPrefix(random, family);
  const near = [
    firstOf(a) - 1n,
    firstOf(a),
    lastOf(a),
    lastOf(a) + 1n,
    randomValue(random, family),
  ];
  const limit = 1n << BigInt(familyBits(family));
  const address = (random.pick(near) + limit) % limit;
  return [a, { family, address, length: random.int(familyBits(family) + 1) }];
}

const families = [4, 6] as const;
/** ip-num works on texts of bits, which for IPv6 takes milliseconds a case. */
const cases = { 4: 1500, 6: 500 };

describe("cidr, against ip-num", () => {
  for (const family of families) {
    it(`reads and prints IPv${family} addresses`, () => {
      const random = seededRandom(1);
      for (let i = 0; i < cases[family]; i++) {
        const value = randomValue(random, family);
        const text = formatAddress({ family, value });
        const theirs = family === 4 ? new IPv4(text) : new IPv6(text);
        assert.equal(theirs.getValue(), value, text);
        assert.equal(isIP(text), family, text);
        assert.deepEqual(parseAddress(text), { family, value });
        assert.deepEqual(parseAddress(theirs.toString()), { family, value }, theirs.toString());
      }
    }).timeout(20_000);

    it(`knows the ends and the size of IPv${family} prefixes`, () => {
      const random = seededRandom(2);
      for (let i = 0; i < cases[family]; i++) {
        const prefix = randomPrefix(random, family);
        const text = formatPrefix(prefix);
        const theirs = oracleRange(prefix);
        assert.equal(firstOf(prefix), theirs.getFirst().getValue(), text);
        assert.equal(lastOf(prefix), theirs.getLast().getValue(), text);
        assert.equal(prefixSize(prefix), theirs.getSize(), text);
        assert.equal(hasHostBits(prefix), prefix.address !== theirs.getFirst().getValue(), text);
        assert.deepEqual(parsePrefix(text), prefix);
      }
    }).timeout(20_000);

    it(`compares IPv${family} prefixes`, () => {
      const random = seededRandom(3);
      const seen = { overlap: 0, contain: 0, apart: 0 };
      for (let i = 0; i < cases[family]; i++) {
        const [a, b] = relatedPrefixes(random, family);
        const [theirA, theirB] = [oracleRange(a), oracleRange(b)];
        const text = `${formatPrefix(a)} ${formatPrefix(b)}`;
        const inside = theirA.contains(theirB as never);
        const overlap = inside || theirB.contains(theirA as never);
        assert.equal(containsPrefix(a, b), inside, text);
        assert.equal(prefixesOverlap(a, b), overlap, text);
        assert.equal(rangesOverlap(rangeOf(a), rangeOf(b)), overlap, text);
        assert.equal(
          containsAddress(a, { family, value: firstOf(b) }),
          inside || (overlap && firstOf(a) === firstOf(b)),
          text,
        );
        seen[inside ? "contain" : overlap ? "overlap" : "apart"]++;
      }
      assert.ok(
        Object.values(seen).every((count) => count > 30),
        JSON.stringify(seen),
      );
    }).timeout(20_000);
  }
});

describe("cidr", () => {
  it("never takes one family for the other", () => {
    const four = parsePrefix("0.0.0.0/0");
    const six = parsePrefix("::/0");
    const address: Address = { family: 6, value: 1n };
    assert.ok(four && six);
    assert.equal(prefixesOverlap(four, six), false);
    assert.equal(containsPrefix(six, four), false);
    assert.equal(containsAddress(four, address), false);
    assert.equal(rangesOverlap(rangeOf(four), rangeOf(six)), false);
  });

  it("prints IPv6 as RFC 5952 says", () => {
    const texts: [string, string][] = [
      ["2001:0db8::0001", "2001:db8::1"],
      ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
      ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
      ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
      ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
      ["2001:DB8::ABCD", "2001:db8::abcd"],
      ["0:0:0:0:0:0:0:0", "::"],
      ["0:0:0:0:0:0:0:1", "::1"],
      ["1:0:0:0:0:0:0:0", "1::"],
      ["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
      ["::FFFF:c000:0201", "::ffff:192.0.2.1"],
      ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
    ];
    for (const [written, right] of texts) {
      const address = parseAddress(written);
      assert.ok(address, written);
      assert.equal(formatAddress(address), right);
    }
  });

  it("refuses what net/netip refuses", () => {
    const addresses = [
      ...["", " ", "10", "10.0.0", "10.0.0.0.1", "10.0.0.256", "10.0.0.01", "10.0..1", ".10.0.0"],
      ...["10.0.0.1 ", " 10.0.0.1", "10.0.0.1/24", "0x0a.0.0.1", "10.0.0.-1", "10.0.0.1000"],
      ...[
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "::1%eth0",
      ],
      ...["1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1.2.3.4::", "::1.2.3", "::1.2.3.04", "1:2:3:"],
    ];
    for (const text of addresses) assert.equal(parseAddress(text), undefined, `"${text}"`);
    const prefixes = ["10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "/24"];
    prefixes.push("10.0.0.0/-1", "10.0.0.0/24/24", "10.0.0.0/24 ", "::/129", "10.0.0.0/1e1");
    for (const text of prefixes) assert.equal(parsePrefix(text), undefined, `"${text}"`);
  });

  it("agrees with node:net on random texts", () => {
    const random = seededRandom(4);
    const parts = ["1", "0", "10", "255", "256", "01", ".", ":", "::", "ffff", "a", "g"];
    let valid = 0;
    for (let i = 0; i < 20000; i++) {
      const separator = random.pick([".", ":", ""]);
      const length = 1 + random.int(9);
      const text = Array.from({ length }, () => random.pick(parts)).join(separator);
      assert.equal(parseAddress(text)?.family ?? 0, isIP(text), text);
      if (isIP(text)) valid++;
    }
    assert.ok(valid > 100, `${valid} valid`);
  });

  it("reads ranges in each of their forms", () => {
    const texts: [string, string | undefined][] = [
      ["192.168.1.100-192.168.1.199", "192.168.1.100-192.168.1.199"],
      ["192.168.1.100 - 192.168.1.199", "192.168.1.100-192.168.1.199"],
      ["192.168.1.130/25", "192.168.1.128-192.168.1.255"],
      ["192.168.1.5", "192.168.1.5"],
      ["192.168.1.5-192.168.1.5", "192.168.1.5"],
      ["fd00::10-fd00::1f", "fd00::10-fd00::1f"],
      ["192.168.1.199-192.168.1.100", undefined],
      ["192.168.1.1-fd00::1", undefined],
      ["fd00::1-192.168.1.1", undefined],
      ["192.168.1.1-", undefined],
      ["-192.168.1.1", undefined],
      ["", undefined],
    ];
    for (const [text, right] of texts) {
      const range = parseRange(text);
      assert.equal(range && formatRange(range), right, text);
    }
  });

  it("splits ranges into the fewest prefixes that are exactly the range", () => {
    const random = seededRandom(5);
    for (let i = 0; i < 500; i++) {
      const family = random.pick(families);
      const base = randomValue(random, family) & ~0x3ffn;
      const [x, y] = [base + BigInt(random.int(1024)), base + BigInt(random.int(1024))];
      const range: AddressRange = { family, first: x < y ? x : y, last: x < y ? y : x };
      const blocks = splitRange(range);
      let next = range.first;
      for (const [index, block] of blocks.entries()) {
        assert.equal(hasHostBits(block), false);
        assert.equal(firstOf(block), next, "no gap and no overlap");
        next = lastOf(block) + 1n;
        const after = blocks[index + 1];
        const wider = { ...block, length: block.length - 1 };
        const merges = after?.length === block.length && !hasHostBits(wider);
        assert.equal(merges, false, "two that could be one");
      }
      assert.equal(next, range.last + 1n);
    }
    const all: AddressRange = { family: 4, first: 0n, last: 0xffffffffn };
    assert.deepEqual(splitRange(all).map(formatPrefix), ["0.0.0.0/0"]);
  });
});
