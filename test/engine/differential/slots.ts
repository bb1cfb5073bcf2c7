/**
 * Cases run side by side on one engine, and a refused one may leave its pool taken until the daemon
 * restarts. So each case is written in the same canonical names and addresses, and moved for its run
 * to addresses, interfaces and names that no other case has.
 */

/** Where a case runs. */
export interface Slot {
  /** Of the cases that run at the same time, from 0. Each has its own interfaces and names. */
  readonly lane: number;
  /** Number of the address block, from 1: a /20 of 10.0.0.0/8 and a /48 of fd77::/32. */
  readonly block: number;
}

/** Blocks between two restarts of the daemon; those of 10.240.0.0/12 stay free for addresses of nobody. */
export const blocks = 3839;

/** The case's text as it runs in the slot. */
export function toSlot(text: string, { lane, block }: Slot): string {
  return text
    .replace(/(?<![\d.])10\.77\.(0|[1-9]\d?)\./g, (all, third: string) =>
      Number(third) < 16 ? v4Block(block, Number(third)) : all,
    )
    .replace(/(?<=fd77:)(?:1|0001)(?=:)/gi, (own) => hexOf(block).padStart(own.length, "0"))
    .replace(/\blan([01])\b/g, (_, digit: string) => interfaceOf(lane, Number(digit)))
    .replace(/\bown-(\w+)/g, (_, name: string) => `own${lane}-${name}`)
    .replaceAll("case0_", `${projectOf(lane)}_`);
}

/** The engine's words as if the case had run unmoved. */
export function fromSlot(text: string, { lane, block }: Slot): string {
  const third = (block & 15) << 4;
  const moved = new RegExp(`(?<![\\d.])10\\.${block >> 4}\\.(\\d{1,3})\\.`, "g");
  return text
    .replace(moved, (all, octet: string) => {
      const own = Number(octet) - third;
      return own >= 0 && own < 16 ? `10.77.${own}.` : all;
    })
    .replace(new RegExp(`(?<=fd77:)${hexOf(block)}(?=:)`, "gi"), "1")
    .replace(new RegExp(`(?<=fd77:)${hexOf(block).padStart(4, "0")}(?=:)`, "gi"), "0001")
    .replace(/\blan(\d+)\b/g, (all, digits: string) =>
      Number(digits) >> 1 === lane ? `lan${Number(digits) & 1}` : all,
    )
    .replaceAll(`own${lane}-`, "own-")
    .replaceAll(projectOf(lane), projectOf(0));
}

/** Three digits at most (`blocks`), so that it never looks as if it were padded to four. */
function hexOf(block: number): string {
  return block.toString(16);
}

function v4Block(block: number, third: number): string {
  return `10.${block >> 4}.${((block & 15) << 4) + third}.`;
}

/** The parent interface `lan0` or `lan1` of a lane. */
export function interfaceOf(lane: number, digit: number): string {
  return `lan${2 * lane + digit}`;
}

export function projectOf(lane: number): string {
  return `case${lane}`;
}

/** The block in which a case keeps its canonical addresses. */
export const canonicalBlock = 77 * 16;

/**
 * Whether the case uses more than its block: a wide subnet, or one of the engine's own pools. It runs
 * while no other case does.
 */
export function runsAlone(text: string): boolean {
  const wide = [...text.matchAll(/10\.\d+\.\d+\.\d+\/(\d+)/g)].some(
    ([, bits]) => Number(bits) < 20,
  );
  return wide || /(?<![\d.])(?:172\.(?:1[6-9]|2\d|3[01])|192\.168)\./.test(text);
}
