/** Words that say something of a node or a document: anchors, tags, directives. */
import { isAnchorCharacter, isBlankOrEnd, isBreak, isHex, isWord } from "./yamlCharacters";
import { YamlScanner } from "./yamlScanner";

export class PropertyScanner extends YamlScanner {
  /** Handles that `%TAG` lines of this document define. */
  protected readonly tagHandles = new Set<string>();

  /** Reads `&name` or `*name`; returns where it ends. */
  protected anchor(): number {
    const start = this.pos;
    let at = start + 1;
    while (isAnchorCharacter(this.code(at)) && !this.isColonAt(at)) at++;
    const next = this.code(at);
    const ended = isBlankOrEnd(next) || next === 44 || next === 93 || next === 125 || next === 58;
    if (at === start + 1 || !ended) this.fail(start);
    this.pos = at;
    this.keyAllowed = false;
    this.contentEnd = at;
    return at;
  }

  /** A colon that ends a key: `*name: value`. */
  private isColonAt(at: number): boolean {
    return this.code(at) === 58 && isBlankOrEnd(this.code(at + 1));
  }

  /** Reads a tag; returns where it ends. */
  protected tag(): number {
    const start = this.pos;
    let at = start + 1;
    if (this.code(at) === 60) {
      at = this.tagSuffix(at + 1);
      if (at === start + 2 || this.code(at) !== 62) this.fail(start);
      at++;
    } else {
      while (isWord(this.code(at))) at++;
      if (this.code(at) === 33) {
        at++;
        const handle = this.text.slice(start, at);
        const suffix = at;
        at = this.tagSuffix(at);
        if (at === suffix || (handle !== "!!" && !this.tagHandles.has(handle))) this.fail(start);
      } else {
        at = this.tagSuffix(at);
      }
    }
    if (!isBlankOrEnd(this.code(at))) this.fail(start);
    this.pos = at;
    this.keyAllowed = false;
    this.contentEnd = at;
    return at;
  }

  private tagSuffix(from: number): number {
    let at = from;
    for (;;) {
      const code = this.code(at);
      if (code === 37) {
        if (!isHex(this.code(at + 1)) || !isHex(this.code(at + 2))) this.fail(at);
        at += 3;
      } else if (isWord(code) || ";/?:@&=+$,.!~*'()[]".includes(String.fromCharCode(code))) {
        at++;
      } else {
        return at;
      }
    }
  }

  /** Reads a line that begins with `%`. */
  protected directive(): void {
    const start = this.pos;
    let end = start;
    while (end < this.text.length && !isBreak(this.code(end))) end++;
    const line = this.text.slice(start, end);
    const handle = /^%TAG[ \t]+(!|!![^\S\n]*|![A-Za-z0-9_-]+!)[ \t]+\S+[ \t]*(?:#.*)?$/.exec(line);
    if (handle?.[1] !== undefined) this.tagHandles.add(handle[1].trim());
    else if (!/^%YAML[ \t]+0?1\.0?1(?![0-9])[ \t]*(?:#.*)?$/.test(line)) this.fail(start);
    this.pos = end;
    this.keyAllowed = false;
  }
}
