import assert from "node:assert/strict";
import { type Outline, readOutline } from "../../../src/compose/outline";
import { type Random, seededRandom } from "../support/random";
import { oddPieces, randomYaml } from "../support/randomYaml";

/** Set to look for more than the fixed cases: how many texts, and the first seed. */
const texts = Number(process.env["MACVLAN_YAML_CASES"] ?? 150);
const firstSeed = Number(process.env["MACVLAN_YAML_SEED"] ?? 1);
const editsOfEach = 12;

/** Everything that was read, places as offsets. */
function snapshot(outline: Outline): unknown {
  return JSON.parse(
    JSON.stringify(outline, (key, value: unknown) => {
      if (key === "region") return undefined;
      if (value && typeof value === "object" && "from" in value && "to" in value) {
        return [value.from, value.to];
      }
      return value;
    }),
  );
}

function randomEdit(random: Random, text: string) {
  const from = random.int(text.length + 1);
  const to = random.int(2) === 0 ? Math.min(text.length, from + random.int(15)) : from;
  const newText = from < to && random.int(2) === 0 ? "" : random.pick(oddPieces);
  return { from, to, newText };
}

describe("reading after edits", () => {
  it(`gives what reading from scratch gives, for ${texts} random texts with ${editsOfEach} edits each`, () => {
    for (let seed = firstSeed; seed < firstSeed + texts; seed++) {
      const random = seededRandom(seed);
      let text = randomYaml(random);
      let outline = readOutline("c.yaml", text);
      for (let step = 0; step < editsOfEach; step++) {
        const edits = [randomEdit(random, text)];
        const second = randomEdit(random, text);
        const [first] = edits;
        if (first && random.int(4) === 0 && second.from > first.to) edits.push(second);
        const before = text;
        for (const { from, to, newText } of [...edits].reverse()) {
          text = text.slice(0, from) + newText + text.slice(to);
        }
        const changes = edits.map(({ from, to, newText }) => ({
          from,
          to,
          length: newText.length,
        }));
        outline = readOutline("c.yaml", text, { outline, changes });
        const message = `seed ${seed} step ${step}: ${JSON.stringify({ before, edits })}`;
        assert.deepEqual(snapshot(outline), snapshot(readOutline("c.yaml", text)), message);
      }
    }
  }).timeout(120_000 + texts * 100);
});
