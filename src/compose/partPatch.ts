/**
 * A project after edits that were each about one service or network: the project as it was assembled
 * before, with another declaration in the place of the old one. Only for parts that nothing else in the
 * project is made of, and of which there is nothing to complain.
 */
import type { DeclarationReader, EntryMaker } from "./entryReader";
import { mayExtend } from "./extends";
import type { ExtendsReference } from "./extendsReference";
import { keyProblems } from "./keyCheck";
import type { Slot } from "./layer";
import type { Model } from "./model";
import type { Outline, Part } from "./outline";
import type { PartChange } from "./partEdit";
import { networkLimit, serviceLimit } from "./projectLimits";
import type { NetworkDeclaration, ServiceDeclaration } from "./project";
import type { ProjectSchema } from "./schema/projectSchema";
import type { SourceFile } from "./sourceFile";
import type { VariableCheck } from "./variables";

/** What parts are read with; the same as when the project was assembled. */
export interface PatchReaders {
  readonly maker: EntryMaker;
  readonly schema: ProjectSchema;
  readonly variables: VariableCheck;
  readonly extending: DeclarationReader<ExtendsReference | undefined>;
  readonly services: DeclarationReader<ServiceDeclaration>;
  readonly networks: DeclarationReader<NetworkDeclaration>;
  /** Services that need files which are not there. */
  readonly absent: ReadonlySet<string>;
}

/** The lists of a project that edits of parts change. */
export interface Declarations {
  readonly services: readonly ServiceDeclaration[];
  readonly networks: readonly NetworkDeclaration[];
}

type WrittenSlot = Slot & { readonly kind: "written" };

/**
 * The changes that lead from the outlines to those that the files have now, of each part the first state
 * and the last; undefined when something else changed too.
 */
export function changesSince(
  outlines: ReadonlyMap<SourceFile, Outline | undefined>,
): readonly Pick<PartChange, "old" | "part">[] | undefined {
  const found: { old: Part; part: Part }[] = [];
  for (const [file, outline] of outlines) {
    if (file.outline === outline) continue;
    const first = file.changes.findIndex(({ from }) => from === outline);
    if (first < 0 || file.hasResets) return undefined;
    for (const { old, part } of file.changes.slice(first)) {
      const earlier = found.find((change) => change.part === old);
      if (earlier) earlier.part = part;
      else found.push({ old, part });
    }
  }
  return found;
}

/** Takes a change over into the model and the declarations; undefined when that would not be all. */
export function patchPart(
  { old, part }: Pick<PartChange, "old" | "part">,
  model: Model,
  declarations: Declarations,
  readers: PatchReaders,
): Declarations | undefined {
  const { section } = old;
  if (section !== "services" && section !== "networks") return undefined;
  const { key } = part.pair;
  if (key === "<<" || key !== old.pair.key) return undefined;
  if (old.anchors.length > 0 || part.anchors.length > 0) return undefined;
  const before = model.sections[section].get(key);
  if (before?.kind !== "written" || before.written.part !== old) return undefined;
  // What it was put onto, or was put onto it, is made of it.
  if (readers.maker.isBound(old)) return undefined;
  const after: WrittenSlot = { kind: "written", written: { layer: before.written.layer, part } };
  if (!isQuiet(before, old, readers) || !isQuiet(after, part, readers)) return undefined;
  if (section === "services") {
    if (readers.absent.has(key)) return undefined;
    const [was, is] = [before, after].map((slot) => readers.services.declaration(slot).value);
    if (!was || !is || !needsTheSame(was, is) || serviceLimit(is)) return undefined;
  } else if (networkLimit(readers.networks.declaration(after).value)) return undefined;
  const patched =
    section === "services"
      ? {
          ...declarations,
          services: exchanged(declarations.services, before, after, readers.services),
        }
      : {
          ...declarations,
          networks: exchanged(declarations.networks, before, after, readers.networks),
        };
  model.sections[section].set(key, after);
  return patched;
}

/** Whether the part says nothing but its declaration: no problem, no variable without a value, no other service. */
function isQuiet(slot: WrittenSlot, part: Part, readers: PatchReaders): boolean {
  const { section } = part;
  if (section !== "services" && section !== "networks") return false;
  const { extending, schema, variables } = readers;
  if (section === "services" && mayExtend(slot) && extending.declaration(slot).value) return false;
  const checked = variables.part(part, slot.written.layer.environment);
  return (
    part.problems.length === 0 &&
    keyProblems(part).length === 0 &&
    checked.problems.length === 0 &&
    checked.unset.length === 0 &&
    schema.problemsOf(section, slot).length === 0 &&
    readers[section].declaration(slot).problems.length === 0
  );
}

/** Whether the service fits with the others as before. */
function needsTheSame(was: ServiceDeclaration, is: ServiceDeclaration): boolean {
  const [a, b] = [was.needs, is.needs];
  if (was.enabled !== is.enabled || a.faults.length > 0 || b.faults.length > 0) return false;
  return (
    sameNames(a.services, b.services) &&
    sameNames(a.resources, b.resources) &&
    sameNames(a.files, b.files)
  );
}

function sameNames<T extends { readonly name: string; readonly place: unknown }>(
  a: readonly T[],
  b: readonly T[],
): boolean {
  const text = (need: T) => JSON.stringify({ ...need, place: undefined });
  return a.length === b.length && a.every((need, i) => b[i] && text(need) === text(b[i]));
}

function exchanged<T>(
  values: readonly T[],
  before: Slot,
  after: Slot,
  reader: DeclarationReader<T>,
): readonly T[] {
  const copy = [...values];
  copy[copy.indexOf(reader.declaration(before).value)] = reader.declaration(after).value;
  return copy;
}
