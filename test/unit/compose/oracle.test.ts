import assert from "node:assert/strict";
import { isMap, isScalar, isSeq, parseDocument, stringify } from "yaml";
import { readOutline } from "../../../src/compose/outline";
import { AnchorTable, Resolver } from "../../../src/compose/resolve";
import type { YamlNode } from "../../../src/compose/yamlNode";
import { type Random, seededRandom } from "../support/random";

const words = [
  "eth0",
  "10.0.0.1/24",
  "a b",
  "x: y",
  "#c",
  "- z",
  "it's",
  '"q"',
  "",
  "true",
  "012",
  "é",
  "a\nb",
  "~",
  "*s",
  "{",
];

function randomValue(random: Random, depth: number): unknown {
  const kind = random.int(depth > 3 ? 2 : 5);
  if (kind < 2) return random.pick(words);
  const size = random.int(4);
  if (kind === 2) return Array.from({ length: size }, () => randomValue(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size + 1 }, (_, i) => [`k${i}`, randomValue(random, depth + 1)]),
  );
}

/** What we read, as plain data; every scalar as its text. */
function plain(node: YamlNode | undefined, resolver: Resolver): unknown {
  const followed = resolver.follow(node).node;
  if (followed === undefined) return "";
  if (followed.kind === "scalar") return followed.text;
  if (followed.kind === "seq") return followed.items.map((item) => plain(item, resolver));
  return Object.fromEntries(followed.pairs.map((pair) => [pair.key, plain(pair.value, resolver)]));
}

/** Start and end of every scalar value, in the order of the text. */
function scalarRanges(node: YamlNode | undefined, ranges: [number, number][]): void {
  if (node?.kind === "scalar" && node.style !== "block") {
    ranges.push([node.place.from, node.place.to]);
  } else if (node?.kind === "seq") {
    for (const item of node.items) scalarRanges(item, ranges);
  } else if (node?.kind === "map") {
    for (const pair of node.pairs) scalarRanges(pair.value, ranges);
  }
}

function oracleRanges(node: unknown, ranges: [number, number][]): void {
  if (isScalar(node)) {
    const block = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
    if (!block && node.range) ranges.push([node.range[0], node.range[1]]);
  } else if (isSeq(node)) {
    for (const item of node.items) oracleRanges(item, ranges);
  } else if (isMap(node)) {
    for (const pair of node.items) oracleRanges(pair.value, ranges);
  }
}

describe("reading YAML, with the yaml package as oracle", () => {
  it("gives the same structure, values and ranges for 3,000 random documents", () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const random = seededRandom(seed);
      const data = Object.fromEntries(
        ["services", "networks", "x-other"].map((key) => [key, randomValue(random, 0)]),
      );
      const text = stringify(data, {
        indent: random.pick([2, 3, 4, 8]),
        indentSeq: random.int(2) === 0,
        collectionStyle: random.pick(["any", "any", "flow"]),
        defaultStringType: random.pick(["PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"]),
        lineWidth: random.pick([0, 40]),
        aliasDuplicateObjects: false,
      });
      const outline = readOutline("compose.yaml", text);
      const parts = outline.documents.flatMap((document) => document.parts);
      const problems = parts.flatMap((part) => part.problems);
      assert.deepEqual([...problems, ...outline.problems], [], text);
      const resolver = new Resolver(new AnchorTable([]), []);
      const document = parseDocument(text, { schema: "failsafe" });
      const expected = document.toJS() as Record<string, unknown>;
      const ours: [number, number][] = [];
      for (const { section, pair } of parts) {
        const container =
          section === "" ? expected : (expected[section] as Record<string, unknown>);
        assert.deepEqual(plain(pair.value, resolver), container[pair.key], text);
        scalarRanges(pair.value, ours);
      }
      const theirs: [number, number][] = [];
      oracleRanges(document.contents, theirs);
      // A section with a plain text instead of entries is a part as a whole, as everything else.
      const text0 = (ranges: [number, number][]) => ranges.filter(([from, to]) => to > from);
      assert.deepEqual(text0(ours), text0(theirs), text);
    }
  }).timeout(60_000);
});
