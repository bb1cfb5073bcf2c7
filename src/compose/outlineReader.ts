/** Reads a file document by document and part by part: see outline.ts. */
import { BlockReader, type MappingAhead } from "./blockReader";
import { type DocumentOutline, type Outline, type Part, type Section, isBroken } from "./outline";
import type { ReadProblem } from "./project";
import { colon, isBlankOrEnd, isBreak, notAllowed } from "./yamlCharacters";
import type { YamlMap, YamlNode } from "./yamlNode";

const sectionKeys = ["services", "networks"];
const percent = 37;
const brace = 123;
const marker = { start: 45, end: 46 } as const;

export class OutlineReader extends BlockReader {
  private readonly path: string;
  private readonly kept: ReadonlyMap<number, Part> | undefined;
  private readonly outside: ReadProblem[] = [];
  private parts: Part[] = [];
  private sections: Section[] = [];
  private hasDirectives = false;

  /** `kept`: parts of the text before that can be taken over, by the offset they have now. */
  constructor(path: string, text: string, kept: ReadonlyMap<number, Part> | undefined) {
    super(text, path, kept !== undefined);
    this.path = path;
    this.kept = kept;
  }

  read(): Outline {
    const documents: DocumentOutline[] = [];
    this.checkCharacters();
    this.skip();
    for (let first = true; this.atContent(first); first = false) documents.push(this.document());
    const partwise =
      this.outside.length === 0 &&
      !this.hasDirectives &&
      documents.every(
        ({ parts, notMapping }) =>
          !notMapping && parts.every((part) => part.before >= 0 && !isBroken(part)),
      );
    return { documents, problems: this.outside, partwise, entryCount: this.entryCount };
  }

  /** Reads the entry that begins in the first line, `column` columns in; undefined when that is not all there is to say. */
  alone(section: string, column: number): Part | undefined {
    this.checkCharacters();
    this.skip();
    if (this.pos !== column || this.column() !== column) return undefined;
    this.indent = column;
    this.part(section);
    const [part] = this.parts;
    return part && this.outside.length === 0 && !isBroken(part) ? part : undefined;
  }

  private checkCharacters(): void {
    const at = this.text.search(notAllowed);
    if (at < 0) return;
    const message = "YAML has no such control characters: Compose cannot read the file.";
    this.outside.push({ code: "syntax", message, place: this.place(at, at + 1) });
  }

  /** Goes to the content of the next document; false when there is none. */
  private atContent(first: boolean): boolean {
    let bare = first;
    for (;;) {
      this.tagHandles.clear();
      while (!bare && this.atMarker(marker.end)) this.pass();
      const directives = this.directives();
      if (this.atMarker(marker.start)) {
        this.pass();
        return true;
      }
      if (this.atEnd() && !directives) return false;
      if (bare && !directives && !this.atMarker(marker.end)) return true;
      bare = false;
      this.complain();
      if (this.atEnd()) return false;
    }
  }

  private atMarker(code: number): boolean {
    return this.pos === this.lineStart && this.code(this.pos) === code && this.isMarker(this.pos);
  }

  /** Over a marker, to what follows it. */
  private pass(): void {
    this.pos += 3;
    this.keyAllowed = false;
    this.skip();
  }

  /** Over lines such as `%YAML 1.1`; false when there are none. */
  private directives(): boolean {
    let some = false;
    while (this.pos === this.lineStart && this.code(this.pos) === percent) {
      some = true;
      this.hasDirectives = true;
      try {
        this.directive();
      } catch (error) {
        if (!this.isFailure(error)) throw error;
        this.complain();
      }
      this.skip();
    }
    return some;
  }

  /** What is here belongs to no document: goes to the next marker. */
  private complain(): void {
    this.begin(0);
    const from = this.pos;
    let at = this.lineEndOf(from);
    const message = "This is not valid YAML: Compose cannot read the file.";
    this.outside.push({ code: "syntax", message, place: this.place(from, at) });
    while (at < this.text.length) {
      at = this.nextLine(at);
      if (this.isMarker(at)) break;
      at = this.lineEndOf(at);
    }
    this.pos = at;
    this.keyAllowed = true;
  }

  private leaveOutside(problems: readonly ReadProblem[]): void {
    for (const problem of problems) this.outside.push(problem);
  }

  private begin(start: number): void {
    this.region = { path: this.path, start };
    this.anchors = [];
    this.problems = [];
  }

  /** Reads a document, to the marker behind it or the end of the text. */
  private document(): DocumentOutline {
    this.parts = [];
    this.sections = [];
    this.indent = -1;
    const notMapping = this.content();
    if (!this.atDocumentEnd()) this.complain();
    return { parts: this.parts, sections: this.sections, notMapping };
  }

  private content(): DocumentOutline["notMapping"] {
    this.begin(this.pos);
    const from = this.pos;
    const column = this.column();
    let found: YamlNode | MappingAhead | undefined;
    try {
      found = this.opening(0, false);
    } catch (error) {
      if (!this.isFailure(error)) throw error;
      // The rest is read as if these lines were not there.
      this.recover(column, from);
      this.leaveOutside(this.problems);
      this.entries("", this.column());
      return undefined;
    }
    if (found?.kind === "ahead") {
      this.back(found.key?.from ?? this.pos);
      this.entries("", found.column);
      return undefined;
    }
    const place = this.place(from, Math.max(from, this.contentEnd));
    this.skip();
    if (found?.kind === "map") this.flowParts(found);
    else this.leaveOutside(this.problems);
    return found?.kind === "map" ? undefined : place;
  }

  /** The pairs of a mapping in braces as parts, which live until the next edit. */
  private flowParts(map: YamlMap): void {
    const own = new Set(map.pairs.map(({ keyPlace }) => keyPlace as unknown));
    const problems = this.problems.filter(({ place }) => !own.has(place));
    if (map.pairs.length === 0) this.leaveOutside(problems);
    map.pairs.forEach((pair, index) => {
      this.parts.push({
        section: "",
        region: this.region,
        length: pair.place.to - pair.place.from,
        before: -1,
        next: Number.POSITIVE_INFINITY,
        nextColumn: 0,
        pair,
        anchors: index === 0 ? this.anchors : [],
        problems: index === 0 ? problems : [],
        entryCount: 0,
      });
    });
  }

  /** Reads the entries of a block mapping as parts; returns where the last one ends. */
  private entries(section: string, column: number): number {
    const outer = this.indent;
    let to = -1;
    this.indent = column;
    while (this.column() === column && !this.atDocumentEnd()) {
      if (!this.takeOver(section) && (section !== "" || !this.section())) this.part(section);
      to = Math.max(to, this.contentEnd);
    }
    this.indent = outer;
    return to;
  }

  /** Takes over the part that was read here before. */
  private takeOver(section: string): boolean {
    const part = this.kept?.get(this.pos);
    if (part?.section !== section || part.before !== this.column()) return false;
    part.region.start = this.pos;
    this.countPart(section, this.pos);
    this.parts.push(part);
    this.countEntries(part.entryCount);
    this.contentEnd = this.pos + part.length;
    this.pos += part.next;
    this.lineStart = this.pos - part.nextColumn;
    this.keyAllowed = true;
    return true;
  }

  private part(section: string): void {
    const start = this.pos;
    this.begin(start);
    const before = this.column();
    const { region, anchors, problems, entryCount: counted } = this;
    const pair = this.entry(0, undefined);
    if (!pair) {
      this.leaveOutside(problems);
      return;
    }
    if (anchors.length > 1) anchors.sort((a, b) => a.place.from - b.place.from);
    const length = pair.place.to - start;
    const next = this.pos - start;
    const nextColumn = this.column();
    this.contentEnd = pair.place.to;
    const entryCount = this.entryCount - counted;
    this.countPart(section, start);
    const part = {
      section,
      region,
      length,
      before,
      next,
      nextColumn,
      pair,
      anchors,
      problems,
      entryCount,
    };
    this.parts.push(part);
  }

  /** Reads `services:` or `networks:` with nothing or a block mapping below it; leaves anything else. */
  private section(): boolean {
    const from = this.pos;
    const column = this.column();
    const key = sectionKeys.find((name) => this.text.startsWith(name, from));
    const to = from + (key?.length ?? 0);
    if (!key || this.code(to) !== colon || !isBlankOrEnd(this.code(to + 1))) return false;
    const { entryCount } = this;
    const leave = () => {
      this.entryCount = entryCount;
      this.back(from, column);
      return false;
    };
    this.begin(from);
    let found: YamlNode | MappingAhead | undefined;
    try {
      this.pos = to + 1;
      this.keyAllowed = false;
      this.skip();
      if (this.code(this.pos) === brace) return leave();
      found = this.opening(1, true);
    } catch (error) {
      if (!this.isFailure(error)) throw error;
      return leave();
    }
    const own = found ? found.kind === "ahead" && !found.properties : this.anchors.length === 0;
    if (!own) return leave();
    let end = to + 1;
    if (found?.kind === "ahead") {
      this.back(found.key?.from ?? this.pos);
      end = Math.max(to, this.entries(key, found.column));
    }
    const indent = found?.kind === "ahead" ? found.column : undefined;
    this.sections.push({ key, keyFrom: from, keyTo: to, indent, to: end });
    this.contentEnd = end;
    if (!this.atBlockEnd()) this.skipEntry();
    return true;
  }

  /** Lines that are indented less than the entries before them and more than what is around. */
  private skipEntry(): void {
    this.begin(0);
    this.failedAt = this.pos;
    this.failedTo = this.lineEndOf(this.pos);
    this.recover(this.indent, this.pos);
    this.leaveOutside(this.problems);
  }

  /** Back to a word that was read already, at the start of its line unless `column` columns in. */
  private back(pos: number, column?: number): void {
    let line = pos;
    while (column === undefined && line > 0 && !isBreak(this.code(line - 1))) line--;
    this.pos = pos;
    this.lineStart = column === undefined ? line : pos - column;
    this.keyAllowed = true;
    this.flowDepth = 0;
    this.tooDeep = false;
  }
}
