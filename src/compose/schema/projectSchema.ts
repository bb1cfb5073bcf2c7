/** The schema over the documents and entries of a project. */
import { quotedKeys } from "../quotedKeys";
import { DeclarationReader } from "../entryReader";
import type { Reading } from "../fields";
import type { Layer, Slot } from "../layer";
import { type SectionName, type Slots, sectionNames } from "../model";
import type { ProblemList } from "../problemList";
import type { Field } from "../resolve";
import { Resolver } from "../resolve";
import type { ReadProblem } from "../project";
import { SchemaCheck } from "./check";
import { closedSections, entryName, entryShapes, topLevel } from "./sections";
import { type } from "./shape";

export class ProjectSchema {
  private readonly readers: ReadonlyMap<SectionName, DeclarationReader<undefined>>;
  private readonly documents = new WeakMap<Layer, readonly ReadProblem[]>();

  constructor(lineEnd: Reading["lineEnd"]) {
    this.readers = new Map(
      sectionNames.map((name) => [name, new DeclarationReader(lineEnd, checkOf(name))] as const),
    );
  }

  /** The entry as it is now, whatever is put onto it later. */
  checkEntry(section: SectionName, slot: Slot, problems: ProblemList): void {
    // What is wrong with aliases comes out when the entry is read.
    problems.addAll(this.problemsOf(section, slot), "type");
  }

  /** The same of an entry, with what is wrong with its aliases. */
  problemsOf(section: SectionName, slot: Slot): readonly ReadProblem[] {
    return this.readers.get(section)?.declaration(slot).problems ?? [];
  }

  /** What a document has at its top. `before`: the entries that other documents gave. */
  checkDocument(
    layer: Layer,
    before: Readonly<Record<SectionName, Slots>>,
    problems: ProblemList,
  ): void {
    let known = this.documents.get(layer);
    if (!known) this.documents.set(layer, (known = documentProblems(layer)));
    problems.addAll(known);
    for (const name of sectionNames) {
      if (!layer.isEmptySection(name)) continue;
      // Nothing written leaves what came before; the services of each document have to be there.
      if (name !== "services" && before[name].size > 0) continue;
      problems.addAll(layer.emptySectionProblem(name));
    }
  }
}

function checkOf(section: SectionName) {
  const shape = entryShapes[section];
  return ({ resolver, environment, problems }: Reading, field: Field): undefined => {
    const { key, keyPlace, node, through } = field;
    if (!entryName.test(key)) {
      if (closedSections.has(section) && !key.startsWith("x-")) {
        problems.push({
          code: "type",
          message: `"${key}" is no name for an entry of ${section}: Compose refuses the file.`,
          composeMessage: `${section} additional properties '${key}' not allowed`,
          place: keyPlace,
        });
      }
      return undefined;
    }
    // An alias that leads nowhere was told of.
    if (!node && through.length > 0) return undefined;
    const spot = { path: [section, key], key, place: keyPlace };
    if (shape) new SchemaCheck(resolver, environment, problems).check(node, shape, spot);
    return undefined;
  };
}

function documentProblems(layer: Layer): readonly ReadProblem[] {
  const problems: ReadProblem[] = [];
  const resolver = new Resolver(layer.anchors, []);
  const check = new SchemaCheck(resolver, layer.environment, problems);
  const unknown: Field[] = [];
  for (const field of layer.top.values()) {
    const { key, keyPlace, node } = field;
    if (key.startsWith("x-") || key === "") continue;
    const spot = { path: [key], key, place: keyPlace };
    const shape = topLevel.map?.keys.get(key);
    if (shape) check.check(node, shape, spot);
    else if (!(sectionNames as readonly string[]).includes(key)) unknown.push(field);
    else if (node?.kind !== "map" && node) check.check(node, mapping, spot);
  }
  const list = quotedKeys(unknown.map(({ key }) => key));
  for (const { key, keyPlace } of unknown) {
    problems.push({
      code: "type",
      message: `"${key}" is no key of a compose file: Compose refuses the file.`,
      composeMessage: ` additional properties ${list} not allowed`,
      place: keyPlace,
    });
  }
  return problems;
}

const mapping = type("object");
