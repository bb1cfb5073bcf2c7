/** `extends`: puts services onto those that they extend, in the same document or another file. */
import type { Built } from "./entryReader";
import type { Entry } from "./bind";
import { pairOf } from "./boundNodes";
import type { ExtendsReference } from "./extendsReference";
import type { Layer, Slot } from "./layer";
import type { Slots } from "./model";
import type { LoadSite, ModelBuilder } from "./modelBuilder";
import { folderOf, resolvePath } from "./paths";
import { isRemote } from "./remote";
import type { AnchorTable } from "./resolve";
import { type YamlNode, isMergeKey } from "./yamlNode";

/** Services among which a service looks for its base. */
interface Scope {
  readonly slots: Slots;
  /** File that errors name. */
  readonly path: string;
  /** What the path of a base's file starts from. */
  readonly directory: string;
}

/** One service on the way to the base of all. */
interface Step {
  readonly scope: Scope;
  readonly key: string;
  readonly slot: Slot;
  readonly reference: ExtendsReference;
}

export class ExtendsResolver {
  private readonly builder: ModelBuilder;
  /** Services that are done, so that a chain is followed once. */
  private readonly done = new WeakSet<Slot>();

  constructor(builder: ModelBuilder) {
    this.builder = builder;
  }

  /** Replaces each service of the document that extends another. */
  apply(slots: Slots, layer: Layer, site: LoadSite): void {
    const scope = { slots, path: layer.path, directory: site.directory };
    for (const key of [...slots.keys()]) this.resolve(key, scope, site);
  }

  /** Follows the chain to its end, then puts each step onto the one it extends. */
  private resolve(key: string, start: Scope, site: LoadSite): void {
    const steps: Step[] = [];
    const visited = new Set<string>();
    let scope = start;
    let current = key;
    for (;;) {
      const slot = scope.slots.get(current);
      const reference = slot && !this.done.has(slot) ? this.reference(slot) : undefined;
      if (!slot || !reference) break;
      // As Compose does, which takes files of one name for one file.
      const step = shownStep(current, scope, reference);
      if (visited.has(step)) {
        this.circular(steps, step);
        break;
      }
      visited.add(step);
      steps.push({ scope, key: current, slot, reference });
      const next = this.next(scope, current, reference, site);
      if (!next) {
        // The base is not to be had: what it would have given stays open.
        this.done.add(slot);
        break;
      }
      ({ scope, key: current } = next);
    }
    this.fold(steps, scope, current);
  }

  private reference(slot: Slot): ExtendsReference | undefined {
    if (slot.kind === "written" && !mayExtend(slot)) return undefined;
    // What is wrong with it comes out when the service is read as a whole.
    return this.builder.parts.extends.declaration(slot).value;
  }

  private fold(steps: Step[], lastScope: Scope, lastKey: string): void {
    let base = lastScope.slots.get(lastKey);
    for (const { scope, key, slot, reference } of steps.reverse()) {
      if (this.done.has(slot) || base === slot) {
        base = scope.slots.get(key);
        continue;
      }
      const made = base && this.put(base, slot, reference);
      if (made) {
        this.done.add(made);
        scope.slots.set(key, made);
      }
      base = made ?? slot;
    }
  }

  private put(base: Slot, own: Slot, reference: ExtendsReference): Slot {
    const { maker } = this.builder.parts;
    const upper = this.entry(maker.entry(own));
    const lower = this.entry(maker.entry(base));
    const layer = own.kind === "made" ? own.layer : own.written.layer;
    const resets = own.kind === "made" ? (own.resets ?? []) : [];
    const reduced =
      maker.without(
        lower,
        resets.filter((path) => path.length > 0),
      ) ?? lower;
    const site = {
      section: "services",
      name: "x",
      through: [reference.place],
      body: "upper",
    } as const;
    const merged = this.entry(maker.merge(reduced, upper, site));
    // What a base that is not to be had would have given stays open for all that extend it.
    const open = lower.node?.kind === "map" && pairOf(lower.node, "extends") !== undefined;
    const entry = open ? merged : (maker.without(merged, [["extends"]]) ?? merged);
    return { kind: "made", entry, layer };
  }

  private entry({ value, problems }: Built<Entry>): Entry {
    this.builder.problems.addAll(problems);
    return value;
  }

  /** Where the base stands; undefined when it is not to be had, which was told then. */
  private next(
    scope: Scope,
    key: string,
    reference: ExtendsReference,
    site: LoadSite,
  ): { scope: Scope; key: string } | undefined {
    const { service, file, place, incomplete } = reference;
    if (service?.known === false || file?.known === false) return undefined;
    if (incomplete) {
      const message = `The service "${key}" extends one without saying which: write service: below extends.`;
      this.refuse(message, `extends.${key}.service is required`, place);
      return undefined;
    }
    const name = service?.type === "string" ? service.text : "";
    const where = service?.place ?? place;
    if (!file || file.type === "null") {
      if (scope.slots.has(name)) return { scope, key: name };
      const message = `The service "${key}" extends "${name}", which this document does not have.`;
      const words = `cannot extend service "${key}" in ${scope.path}: service "${name}" not found`;
      this.refuse(message, words, where);
      return undefined;
    }
    if (isRemote(file.text)) {
      this.builder.partial = true;
      return undefined;
    }
    const path = resolvePath(scope.directory, file.text);
    const source = this.builder.file(path, file.place);
    if (!source) {
      if (this.builder.parts.files.text(path) === null) {
        const message = `The file ${file.text}, with a service that "${key}" extends, is not there.`;
        this.refuse(message, `open ${path}: no such file or directory`, file.place);
      }
      return undefined;
    }
    const base = this.builder.base(source, site.environment);
    const { services } = base.sections;
    if (services.size === 0) {
      const message = `The file ${file.text}, from which "${key}" extends "${name}", has no services.`;
      const words = `cannot extend service "${key}" in ${path}: no services section`;
      this.refuse(message, words, where);
      return undefined;
    }
    if (!services.has(name)) {
      const message = `The service "${key}" extends "${name}", which ${file.text} does not have.`;
      const words = `cannot extend service "${key}" in ${scope.path}: service "${name}" not found in ${file.text}`;
      this.refuse(message, words, where);
      return undefined;
    }
    const directory = folderOf(path);
    this.builder.startsFrom(path, directory);
    return { scope: { slots: services, path: scope.path, directory }, key: name };
  }

  private circular(steps: readonly Step[], again: string): void {
    const first = steps[0];
    if (!first) return;
    const shown = steps.map(({ key, scope, reference }) => shownStep(key, scope, reference));
    const lines = [...shown, again].map((step, i) => `  ${i === 0 ? "" : "extends "}${step}`);
    const message = `The service "${first.key}" extends itself, by way of ${steps.length} services: Compose refuses the file.`;
    for (const { slot } of steps) this.done.add(slot);
    this.refuse(message, ["Circular reference:", ...lines].join("\n"), first.reference.place);
  }

  private refuse(message: string, composeMessage: string, place: ExtendsReference["place"]): void {
    this.builder.problems.add({ code: "extends", message, composeMessage, place });
  }
}

/** A service that extends another, with the file as it is written there. */
function shownStep(key: string, scope: Scope, { file }: ExtendsReference): string {
  return `${key} in ${file && file.type !== "null" ? file.text : scope.path}`;
}

/** Whether a service has the key, or a merge key or an alias may bring it. */
export function mayExtend({ written }: Slot & { kind: "written" }): boolean {
  const node = written.part ? written.part.pair.value : written.field.node;
  return mayHave(node, written.layer.anchors, 0);
}

/** Aliases and merge keys inside of each other that are followed to tell. */
const deepest = 5;

function mayHave(node: YamlNode | undefined, anchors: AnchorTable, depth: number): boolean {
  if (node === undefined || node.kind === "scalar") return false;
  if (depth > deepest) return true;
  if (node.kind === "alias") {
    return mayHave(anchors.find(node.name, node.place.from)?.node, anchors, depth + 1);
  }
  if (node.kind === "seq") return node.items.some((item) => mayHave(item, anchors, depth + 1));
  return node.pairs.some(
    (pair) =>
      pair.key === "extends" || (isMergeKey(pair) && mayHave(pair.value, anchors, depth + 1)),
  );
}
