/** Reads entries of sections, and keeps what was made of them for as long as nothing about it changed. */
import { type Entry, bindField } from "./bind";
import type { Reading } from "./fields";
import type { Environment } from "./interpolate";
import type { Layer, Slot, Written } from "./layer";
import { type MergeSite, mergeEntries } from "./merge";
import type { Part } from "./outline";
import type { Place } from "./place";
import type { ReadProblem } from "./project";
import { type ResetPath, resetPaths, withoutPaths } from "./resetTags";
import { AnchorTable, type AnchorUse, type Field, Resolver } from "./resolve";

/** What was made of a part, and what that depended on outside the part. */
export interface Built<T> {
  readonly value: T;
  readonly problems: readonly ReadProblem[];
}

interface Kept<T> extends Built<T> {
  readonly anchors: AnchorTable;
  readonly uses: readonly AnchorUse[];
}

/** What is made of parts, for each set of variables that a file is read with. */
class PartCache<T> {
  private readonly byEnvironment = new Map<Environment, WeakMap<Part, Kept<T>>>();

  get(part: Part, layer: Layer): Built<T> | undefined {
    const kept = this.byEnvironment.get(layer.environment)?.get(part);
    return kept && stillHolds(kept, layer.anchors) ? kept : undefined;
  }

  has(part: Part): boolean {
    return [...this.byEnvironment.values()].some((parts) => parts.has(part));
  }

  set(part: Part, layer: Layer, kept: Kept<T>): void {
    let parts = this.byEnvironment.get(layer.environment);
    if (!parts) {
      // Variables change seldom; what was read with older ones is not wanted again.
      if (this.byEnvironment.size > 100) this.byEnvironment.clear();
      parts = new WeakMap();
      this.byEnvironment.set(layer.environment, parts);
    }
    parts.set(part, kept);
  }
}

/** How the entries of one section are read. */
export interface EntryKind<T> {
  readonly read: (reading: Reading, field: Field) => T;
}

/** Reads the declarations of one section. */
export class DeclarationReader<T> {
  private readonly parts = new PartCache<T>();
  private readonly made = new WeakMap<Entry, Built<T>>();
  private readonly lineEnd: Reading["lineEnd"];
  private readonly read: (reading: Reading, field: Field) => T;

  constructor(lineEnd: Reading["lineEnd"], read: (reading: Reading, field: Field) => T) {
    this.lineEnd = lineEnd;
    this.read = read;
  }

  declaration(slot: Slot): Built<T> {
    return slot.kind === "made" ? this.ofEntry(slot.entry, slot.layer) : this.ofPart(slot.written);
  }

  private ofPart(written: Written): Built<T> {
    const { part, layer } = written;
    const cached = part && this.parts.get(part, layer);
    if (cached) return cached;
    const problems: ReadProblem[] = [];
    const resolver = new Resolver(layer.anchors, problems);
    const field = fieldOf(written, resolver);
    const value = this.read(this.reading(resolver, problems, layer), field);
    const kept = { value, problems, anchors: layer.anchors, uses: resolver.uses };
    if (part) this.parts.set(part, layer, kept);
    return kept;
  }

  private ofEntry(entry: Entry, layer: Layer): Built<T> {
    let built = this.made.get(entry);
    if (!built) {
      const problems: ReadProblem[] = [];
      const resolver = new Resolver(noAnchors, problems);
      built = { value: this.read(this.reading(resolver, problems, layer), entry), problems };
      this.made.set(entry, built);
    }
    return built;
  }

  private reading(resolver: Resolver, problems: ReadProblem[], layer: Layer): Reading {
    return { resolver, problems, environment: layer.environment, lineEnd: this.lineEnd };
  }
}

const noAnchors = new AnchorTable([]);

/** Binds and merges entries; the same inputs give the same entry again. */
export class EntryMaker {
  private readonly bound = new PartCache<Entry>();
  private readonly resets = new WeakMap<Part, readonly ResetPath[]>();
  private readonly merged = new WeakMap<Entry, WeakMap<Entry, Made[]>>();
  private readonly reduced = new WeakMap<Entry, Map<string, Entry | undefined>>();

  /** The slot as an entry that can be merged. */
  entry(slot: Slot): Built<Entry> {
    if (slot.kind === "made") return { value: slot.entry, problems: [] };
    const { written } = slot;
    const { part, layer } = written;
    const cached = part && this.bound.get(part, layer);
    if (cached) return cached;
    const problems: ReadProblem[] = [];
    const resolver = new Resolver(layer.anchors, problems);
    const value = bindField(fieldOf(written, resolver), resolver, layer.environment);
    const kept = { value, problems, anchors: layer.anchors, uses: resolver.uses };
    if (part) this.bound.set(part, layer, kept);
    return kept;
  }

  /** Whether the part was ever asked for as an entry to merge. */
  isBound(part: Part): boolean {
    return this.bound.has(part);
  }

  /** The later entry put onto the earlier one. */
  merge(lower: Entry, upper: Entry, site: MergeSite): Built<Entry> {
    let others = this.merged.get(lower);
    if (!others) this.merged.set(lower, (others = new WeakMap()));
    const made = others.get(upper) ?? [];
    others.set(upper, made);
    const [through] = site.through;
    const before = made.find((one) => one.name === site.name && one.through === through);
    if (before) return before.result;
    const { entry, problems } = mergeEntries(lower, upper, site);
    const result = { value: entry, problems };
    made.push({ name: site.name, through, result });
    return result;
  }

  /** What the written entry takes away from earlier ones of its key. */
  resetsOf(written: Written): readonly ResetPath[] {
    const { part } = written;
    if (!part) return resetPaths(written.field.node);
    let paths = this.resets.get(part);
    if (!paths) this.resets.set(part, (paths = resetPaths(part.pair.value)));
    return paths;
  }

  /** The entry without what is at the paths; undefined when it is taken away itself. */
  without(entry: Entry, paths: readonly ResetPath[]): Entry | undefined {
    if (paths.length === 0) return entry;
    const name = JSON.stringify(paths);
    let known = this.reduced.get(entry);
    if (!known) this.reduced.set(entry, (known = new Map<string, Entry | undefined>()));
    if (!known.has(name)) known.set(name, withoutPaths(entry, paths));
    return known.get(name);
  }
}

interface Made {
  readonly name: string;
  readonly through: Place | undefined;
  readonly result: Built<Entry>;
}

/** The entry's field, aliases followed. */
export function fieldOf(written: Written, resolver: Resolver): Field {
  if (!written.part) return written.field;
  const { key, keyPlace, place, value } = written.part.pair;
  const { node, through } = resolver.follow(value);
  return { key, keyPlace, place, node, through };
}

function stillHolds(built: Kept<unknown>, anchors: AnchorTable): boolean {
  return (
    built.anchors === anchors ||
    built.uses.every(({ name, at, definition }) => anchors.find(name, at.from) === definition)
  );
}
