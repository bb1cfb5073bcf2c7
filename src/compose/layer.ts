/** One document of one file, as it takes part in a project: its entries by section. */
import { duplicateKey } from "./duplicateKey";
import type { Environment } from "./interpolate";
import type { DocumentOutline, Outline, Part } from "./outline";
import { type Place, RegionPlace } from "./place";
import type { ReadProblem } from "./project";
import type { ResetPath } from "./resetTags";
import { AnchorTable, type Field, type Fields, Resolver } from "./resolve";
import type { SourceFile } from "./sourceFile";
import { type YamlMap, type YamlPair, isMergeKey, isNull } from "./yamlNode";
import type { Entry } from "./bind";

/** An entry of a section as one document has it. */
export type Written =
  | { readonly layer: Layer; readonly part: Part }
  /** What a merge key brings in, or a flow mapping or an alias holds: it is read anew each time. */
  | { readonly layer: Layer; readonly part: undefined; readonly field: Field };

/** An entry of a project: as written in one place, or put together. */
export type Slot =
  | { readonly kind: "written"; readonly written: Written }
  | {
      readonly kind: "made";
      readonly entry: Entry;
      readonly layer: Layer;
      /** What it takes away from what it is put onto. */
      readonly resets?: readonly ResetPath[];
    };

export class Layer {
  readonly path: string;
  readonly file: SourceFile;
  readonly document: DocumentOutline;
  readonly environment: Environment;
  readonly anchors: AnchorTable;
  /** Top-level entries that are not read part by part. */
  readonly top: Fields;
  /** Of the document as a whole. */
  readonly problems: ReadProblem[] = [];
  private readonly sections = new Map<string, ReadonlyMap<string, Slot>>();
  private readonly empty = new Map<string, readonly ReadProblem[]>();

  constructor(
    file: SourceFile,
    document: DocumentOutline,
    environment: Environment,
    anchors: AnchorTable,
  ) {
    this.path = file.path;
    this.file = file;
    this.document = document;
    this.environment = environment;
    this.anchors = anchors;
    this.top = this.topLevel();
    if (document.notMapping) {
      this.problems.push({
        code: "type",
        message: "A compose file is a mapping at its top: Compose refuses this document.",
        composeMessage: "top-level object must be a mapping",
        place: document.notMapping,
      });
    }
  }

  /** Whether the document has the section, empty or not. */
  has(section: string): boolean {
    return this.top.has(section) || this.document.sections.some(({ key }) => key === section);
  }

  /** Whether the section is there with nothing behind it. */
  isEmptySection(name: string): boolean {
    const whole = this.top.get(name);
    if (whole) return whole.node === undefined || isNull(whole.node);
    return this.document.sections.some(({ key, indent }) => key === name && indent === undefined);
  }

  /** What Compose says of such a section; the same list each time. */
  emptySectionProblem(name: string): readonly ReadProblem[] {
    let problems = this.empty.get(name);
    if (!problems) {
      const section = this.document.sections.find(({ key }) => key === name);
      const place = section
        ? new RegionPlace({ path: this.path, start: 0 }, section.keyFrom, section.keyTo)
        : this.top.get(name)?.keyPlace;
      const message = `"${name}" must be a mapping: Compose refuses the file.`;
      const composeMessage = `${name} must be a mapping`;
      problems = place ? [{ code: "type", message, composeMessage, place }] : [];
      this.empty.set(name, problems);
    }
    return problems;
  }

  /** The entries of `services`, `networks` or another section, by key, in the order of the text. */
  section(name: string): ReadonlyMap<string, Slot> {
    let slots = this.sections.get(name);
    if (!slots) {
      slots = this.read(name);
      this.sections.set(name, slots);
    }
    return slots;
  }

  private topLevel(): Fields {
    const seen = new Map<string, Place>();
    const check = (key: string, keyPlace: Place) => {
      const first = seen.get(key);
      if (first && key !== "") this.problems.push(duplicateKey(key, keyPlace, first));
      else seen.set(key, keyPlace);
    };
    const pairs: YamlPair[] = [];
    for (const { section, pair } of this.document.parts) {
      if (section !== "") continue;
      check(pair.key, pair.keyPlace);
      pairs.push(pair);
    }
    for (const { key, keyFrom, keyTo } of this.document.sections) {
      check(key, new RegionPlace({ path: this.path, start: 0 }, keyFrom, keyTo));
    }
    return new Resolver(this.anchors, this.problems).fields(mapping(this.path, pairs));
  }

  private read(name: string): ReadonlyMap<string, Slot> {
    const slots = new Map<string, Slot>();
    const merges: YamlPair[] = [];
    for (const part of this.document.parts) {
      if (part.section !== name) continue;
      const { key, keyPlace } = part.pair;
      if (isMergeKey(part.pair)) merges.push(part.pair);
      else {
        const before = slots.get(key);
        if (before) this.problems.push(duplicateKey(key, keyPlace, keyPlaceOf(before)));
        else slots.set(key, { kind: "written", written: { layer: this, part } });
      }
    }
    const whole = this.top.get(name);
    const resolver = new Resolver(this.anchors, this.problems);
    const rest =
      whole?.node?.kind === "map"
        ? resolver.fields(whole.node, whole.through)
        : resolver.fields(mapping(this.path, merges));
    for (const field of rest.values()) {
      if (slots.has(field.key)) continue;
      slots.set(field.key, { kind: "written", written: { layer: this, part: undefined, field } });
    }
    return slots;
  }
}

const tables = new WeakMap<Outline, AnchorTable>();

/** The anchors of a file: go-yaml remembers those of earlier documents. */
export function anchorsOf(outline: Outline | undefined): AnchorTable {
  if (!outline) return new AnchorTable([]);
  let table = tables.get(outline);
  if (!table) {
    const parts = outline.documents.flatMap((document) => document.parts);
    table = new AnchorTable(parts.flatMap((part) => part.anchors));
    tables.set(outline, table);
  }
  return table;
}

/** Where the text of the key stands that brought the slot in. */
export function keyPlaceOf(slot: Slot): Place {
  if (slot.kind === "made") return slot.entry.keyPlace;
  const { written } = slot;
  return written.part ? written.part.pair.keyPlace : written.field.keyPlace;
}

function mapping(path: string, pairs: readonly YamlPair[]): YamlMap {
  const place = new RegionPlace({ path, start: 0 }, 0, 0);
  return { kind: "map", tag: undefined, flow: false, indent: 0, place, pairs };
}
