/** Which brace closes which substitution of a template. */

const opening = "{".charCodeAt(0);
const closing = "}".charCodeAt(0);
const lineBreak = "\n".charCodeAt(0);

export class Braces {
  private readonly source: string;
  /** The closing brace of each opening one; made when a default stands in a default. */
  private pairs: ReadonlyMap<number, number> | undefined;
  /** The rest of the line that was looked at last. */
  private line = { from: 0, to: -1 };

  constructor(source: string) {
    this.source = source;
  }

  /**
   * Offset of the brace that closes the substitution at `dollar` in a text that ends at `limit`, or -1. As compose-go counts:
   * every brace opens a level, whatever stands right behind it; where the count does not come out, the last brace of the line
   * closes. The text of an operator ends with its line. `depth`: how many other substitutions this one stands in.
   */
  closing(dollar: number, limit: number, depth: number): number {
    const end = this.lineEnd(dollar, limit);
    const counted = depth === 0 ? this.count(dollar, end) : this.paired(dollar);
    if (counted >= 0 && counted < end) return counted;
    const last = this.source.lastIndexOf("}", end - 1);
    return last > dollar ? last : -1;
  }

  /** Looked for once a line, not once a substitution: there may be hundreds of thousands on one. */
  private lineEnd(at: number, limit: number): number {
    if (at < this.line.from || at > this.line.to) {
      const end = this.source.indexOf("\n", at);
      this.line = { from: at, to: end < 0 ? this.source.length : end };
    }
    return Math.min(this.line.to, limit);
  }

  private count(from: number, to: number): number {
    let depth = 0;
    for (let i = from; i < to; i++) {
      const code = this.source.charCodeAt(i);
      if (code === closing && --depth === 0) return i;
      if (code === opening) {
        depth++;
        i++;
      }
    }
    return -1;
  }

  /** The same for all substitutions in one pass: counting again at each level costs the length of the text times the depth. */
  private paired(dollar: number): number {
    this.pairs ??= pairsOf(this.source);
    return this.pairs.get(dollar + 1) ?? -1;
  }
}

function pairsOf(source: string): Map<number, number> {
  const pairs = new Map<number, number>();
  let open: number[] = [];
  let skipped = -1;
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === lineBreak) open = [];
    if (i === skipped) continue;
    if (code === opening) {
      open.push(i);
      skipped = i + 1;
    } else if (code === closing) {
      const from = open.pop();
      if (from !== undefined) pairs.set(from, i);
    }
  }
  return pairs;
}
