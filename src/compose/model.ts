/** What files say together: entries by section and key, before they are read as services and networks. */
import type { Entry } from "./bind";
import { sameContent } from "./boundNodes";
import type { EntryMaker } from "./entryReader";
import { type Layer, type Slot, keyPlaceOf } from "./layer";
import type { Place } from "./place";
import type { ProblemList } from "./problemList";
import type { ResetPath } from "./resetTags";
import type { ProjectSchema } from "./schema/projectSchema";

/** The sections whose entries are merged one by one. */
export const sectionNames = ["services", "networks", "volumes", "secrets", "configs"] as const;
export type SectionName = (typeof sectionNames)[number];

export type Slots = Map<string, Slot>;

/** The entries of several documents, each put onto those before. */
export class Model {
  readonly sections: Readonly<Record<SectionName, Slots>> = {
    services: new Map(),
    networks: new Map(),
    volumes: new Map(),
    secrets: new Map(),
    configs: new Map(),
  };
  private readonly maker: EntryMaker;
  private readonly problems: ProblemList;
  /** Checks what is there before something is put onto it; absent where Compose looks at the whole only. */
  private readonly schema: ProjectSchema | undefined;

  constructor(maker: EntryMaker, problems: ProblemList, schema?: ProjectSchema) {
    this.maker = maker;
    this.problems = problems;
    this.schema = schema;
  }

  get isEmpty(): boolean {
    return sectionNames.every((name) => this.sections[name].size === 0);
  }

  /** Takes away what the document resets, then puts its entries onto those before. */
  add(layer: Layer, own: Model): void {
    this.reset(layer);
    for (const name of sectionNames) {
      for (const [key, slot] of own.sections[name]) this.put(name, key, slot, layer);
    }
  }

  /**
   * Takes over what an included project has. Two that differ are an error of Compose up to 2.40; later
   * versions merge them.
   */
  include(other: Model, place: Place): void {
    for (const name of sectionNames) {
      const slots = this.sections[name];
      for (const [key, slot] of other.sections[name]) {
        const own = slots.get(key);
        if (!own) slots.set(key, slot);
        else if (!this.same(own, slot)) this.conflict(`${name}.${key}`, own, slot, place);
      }
    }
  }

  private put(name: SectionName, key: string, slot: Slot, layer: Layer): void {
    const slots = this.sections[name];
    const before = slots.get(key);
    if (!before) {
      slots.set(key, slot);
      return;
    }
    this.schema?.checkEntry(name, before, this.problems);
    const lower = this.entryOf(before);
    const upper = this.entryOf(slot);
    const site = { section: name, name: key, through: [], body: "lower" } as const;
    const { value, problems } = this.maker.merge(lower, upper, site);
    this.problems.addAll(problems);
    slots.set(key, { kind: "made", entry: value, layer });
  }

  private reset(layer: Layer): void {
    if (!layer.file.hasResets) return;
    for (const name of sectionNames) {
      const slots = this.sections[name];
      const tag = layer.top.get(name)?.node?.tag;
      if (tag === "!reset" || tag === "!override") slots.clear();
      for (const [key, slot] of layer.section(name)) {
        const before = slots.get(key);
        if (!before || slot.kind === "made") continue;
        const paths = this.maker.resetsOf(slot.written);
        if (paths.length > 0) this.reduce(slots, key, before, paths, layer);
      }
    }
  }

  private reduce(
    slots: Slots,
    key: string,
    before: Slot,
    paths: readonly ResetPath[],
    layer: Layer,
  ) {
    const entry = this.maker.without(this.entryOf(before), paths);
    if (entry) slots.set(key, { kind: "made", entry, layer });
    else slots.delete(key);
  }

  private entryOf(slot: Slot): Entry {
    const { value, problems } = this.maker.entry(slot);
    this.problems.addAll(problems);
    return value;
  }

  private same(a: Slot, b: Slot): boolean {
    if (a === b) return true;
    return sameContent(this.entryOf(a).node, this.entryOf(b).node);
  }

  private conflict(what: string, own: Slot, other: Slot, place: Place): void {
    this.problems.add({
      code: "include",
      message:
        `An included file declares ${what} differently: Compose up to 2.40 refuses this, ` +
        "later versions put this one onto the included one.",
      composeMessage: `${what} conflicts with imported resource`,
      place: keyPlaceOf(own),
      related: [
        { place, message: "It is included here." },
        { place: keyPlaceOf(other), message: "The included one." },
      ],
    });
  }
}
