/** Compose files that are nearly right: half of them or so are accepted. */
import { type Random, seededRandom } from "../../unit/support/random";
import { textOf } from "./caseModel";
import { driverFaults } from "./driverFaults";
import { optionFaults } from "./optionFaults";
import { edgeFaults } from "./edgeFaults";
import { kindFaults } from "./kindFaults";
import { poolFaults } from "./poolFaults";
import { serviceFaults } from "./serviceFaults";
import { chance, soundSketch, weighted } from "./sketch";
import { spreadText } from "./spreadFiles";
import { tieFaults } from "./tieFaults";

/** Rises with each change of what cases there are: a case is named by version, seed and number. */
export const generatorVersion = 4;

const faults = [
  ...[...poolFaults, ...driverFaults, ...optionFaults, ...serviceFaults],
  ...[...kindFaults, ...edgeFaults, ...tieFaults],
];

/** The case of a number, the same for the same `seed` and `number`. Written in canonical addresses (`slots.ts`). */
export function generateCase(seed: number, number: number): string {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const sketch = soundSketch(random);
  const count = weighted(random, [
    [18, 0],
    [52, 1],
    [30, 2],
  ]);
  for (let applied = 0, attempt = 0; applied < count && attempt < 20; attempt++) {
    if (weighted(random, faults)(sketch)) applied++;
  }
  return chance(random, 12) ? spreadText(random, sketch.model) : textOf(sketch.model);
}

/** A seed from anything that names a state of the project, such as a commit. Not negative: it is typed after `--seed`. */
export function seedOf(name: string): number {
  let seed = 0;
  for (const char of name) seed = (Math.imul(seed, 31) + (char.codePointAt(0) ?? 0)) | 0;
  return seed >>> 0;
}

export type { Random };
