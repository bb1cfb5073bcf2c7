/**
 * From files to one model, in the order of compose-go's loader (loadYamlFile): per document first
 * `extends`, then `!reset` on what came before, then `include`, then the merge.
 */
import type { DeclarationReader, EntryMaker } from "./entryReader";
import { ExtendsResolver } from "./extends";
import type { ExtendsReference } from "./extendsReference";
import type { EnvironmentCache } from "./envFiles";
import type { FileStore } from "./fileStore";
import { IncludeReader } from "./include";
import type { Environment } from "./interpolate";
import { Layer, type Written, anchorsOf } from "./layer";
import { Model, type Slots, sectionNames } from "./model";
import type { DocumentOutline } from "./outline";
import type { Place } from "./place";
import type { ProblemList } from "./problemList";
import type { ReadProblem } from "./project";
import type { ProjectSchema } from "./schema/projectSchema";
import type { SourceFile } from "./sourceFile";

/** What files are read with. */
export interface LoadSite {
  readonly environment: Environment;
  /** What relative paths of `extends` and `include` start from. */
  readonly directory: string;
  /** Files whose `include` led here, the first is the project's. */
  readonly included: readonly string[];
}

/** What stays from one reading of a project to the next. */
export interface BuilderParts {
  readonly files: FileStore;
  readonly maker: EntryMaker;
  readonly extends: DeclarationReader<ExtendsReference | undefined>;
  readonly layers: WeakMap<DocumentOutline, Map<Environment, Layer>>;
  readonly environments: EnvironmentCache;
  readonly schema: ProjectSchema;
}

/** Builds the model of one reading; made anew for each. */
export class ModelBuilder {
  readonly parts: BuilderParts;
  readonly problems: ProblemList;
  /** Every document that took part, once for each set of variables. */
  readonly layers = new Set<Layer>();
  /** Files in the order in which they were met, with the place that named them. */
  readonly met = new Map<string, Place | undefined>();
  /** By compose file, what relative paths in it start from; several where it is read in several ways. */
  private readonly folders = new Map<string, Set<string>>();
  /** Paths that `include` names. */
  readonly included = new Set<string>();
  /** Something could not be read: what is missing may be there. */
  partial = false;
  private readonly bases = new Map<Environment, Map<string, Model>>();
  private readonly extending: ExtendsResolver;
  private readonly including: IncludeReader;

  constructor(parts: BuilderParts, problems: ProblemList) {
    this.parts = parts;
    this.problems = problems;
    this.extending = new ExtendsResolver(this);
    this.including = new IncludeReader(this);
  }

  /** The model of files that are put onto each other. */
  model(files: readonly SourceFile[], site: LoadSite): Model {
    const { maker, schema } = this.parts;
    const model = new Model(maker, this.problems, schema);
    for (const file of files) {
      this.startsFrom(file.path, site.directory);
      for (const layer of this.documents(file, site.environment)) {
        schema.checkDocument(layer, model.sections, this.problems);
        const own = this.own(layer);
        this.extending.apply(own.sections.services, layer, site);
        this.including.apply(own, layer, site);
        model.add(layer, own);
      }
    }
    return model;
  }

  /** The services of a file as `extends` sees them: without includes, `extends` not yet followed. */
  base(file: SourceFile, environment: Environment): Model {
    let models = this.bases.get(environment);
    if (!models) this.bases.set(environment, (models = new Map<string, Model>()));
    let model = models.get(file.path);
    if (!model) {
      model = new Model(this.parts.maker, this.problems);
      models.set(file.path, model);
      for (const layer of this.documents(file, environment)) model.add(layer, this.own(layer));
    }
    return model;
  }

  /** Notes what relative paths of a file start from. */
  startsFrom(path: string, folder: string): void {
    const folders = this.folders.get(path);
    if (folders) folders.add(folder);
    else this.folders.set(path, new Set([folder]));
  }

  /** What relative paths of a file start from; none for one that took no part. */
  foldersOf(path: string): ReadonlySet<string> {
    return this.folders.get(path) ?? new Set();
  }

  /** The file at a path; undefined when it cannot be read, which `unreadable` tells more of. */
  file(path: string, place: Place): SourceFile | undefined {
    const file = this.parts.files.source(path);
    if (!file) {
      this.partial = true;
      return undefined;
    }
    this.meet(file, place);
    return file;
  }

  /** Notes a file that takes part. */
  meet(file: SourceFile, place: Place | undefined): void {
    if (this.met.has(file.path)) return;
    this.met.set(file.path, place);
    const { limit, outline } = file;
    if (limit) this.leaveOut({ code: "limit", ...limit });
    if (!outline) return;
    this.problems.addAll(outline.problems);
    for (const { parts } of outline.documents) {
      for (const part of parts) this.problems.addAll(part.problems);
    }
  }

  /** Something is not read, for the reason given. */
  leaveOut(limit: ReadProblem): void {
    this.problems.add(limit);
    this.partial = true;
  }

  private documents(file: SourceFile, environment: Environment): Layer[] {
    return (file.outline?.documents ?? []).map((document) => {
      const layer = this.layer(file, document, environment);
      this.layers.add(layer);
      return layer;
    });
  }

  private layer(file: SourceFile, document: DocumentOutline, environment: Environment): Layer {
    let layers = this.parts.layers.get(document);
    if (!layers) this.parts.layers.set(document, (layers = new Map<Environment, Layer>()));
    let layer = layers.get(environment);
    if (!layer) {
      layer = new Layer(file, document, environment, anchorsOf(file.outline));
      layers.set(environment, layer);
    }
    return layer;
  }

  /** What the document itself writes. */
  private own(layer: Layer): Model {
    const model = new Model(this.parts.maker, this.problems);
    const tagged = layer.file.hasResets;
    for (const name of sectionNames) {
      if (layer.top.get(name)?.node?.tag === "!reset") continue;
      const slots: Slots = model.sections[name];
      for (const [key, slot] of layer.section(name)) {
        if (tagged && slot.kind === "written") this.tagged(slots, key, slot.written, layer);
        else slots.set(key, slot);
      }
    }
    return model;
  }

  /** Where tags may be about, entries are bound, which leaves out what `!reset` marks. */
  private tagged(slots: Slots, key: string, written: Written, layer: Layer) {
    const { maker } = this.parts;
    const node = written.part ? written.part.pair.value : written.field.node;
    if (node?.tag === "!reset") return;
    const slot = { kind: "written", written } as const;
    const resets = maker.resetsOf(written);
    if (resets.length === 0) {
      slots.set(key, slot);
      return;
    }
    const { value, problems } = maker.entry(slot);
    this.problems.addAll(problems);
    slots.set(key, { kind: "made", entry: value, layer, resets });
  }
}
