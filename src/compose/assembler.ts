/** From the files of a project to the project; what their parts were made into is kept. */
import { consistencyProblems, declaredOf } from "./consistency";
import { DeclarationReader, EntryMaker } from "./entryReader";
import { emptinessProblems } from "./emptiness";
import type { EnvironmentCache } from "./envFiles";
import { readExtends } from "./extendsReference";
import type { Reading } from "./fields";
import { fileContentProblems } from "./fileContents";
import { absentFiles } from "./fileNeeds";
import type { FileStore } from "./fileStore";
import { type Environment, interpolate } from "./interpolate";
import { type Model, sectionNames } from "./model";
import { ModelBuilder } from "./modelBuilder";
import { ProjectSchema } from "./schema/projectSchema";
import { type Layer, type Slot, anchorsOf } from "./layer";
import { readNetwork } from "./networks";
import type { DocumentOutline, Outline } from "./outline";
import { type Declarations, changesSince, patchPart } from "./partPatch";
import type { Place } from "./place";
import type {
  Body,
  ComposeProject,
  NetworkDeclaration,
  ReadProblem,
  ServiceDeclaration,
} from "./project";
import { limitSections, networkLimit, serviceLimit } from "./projectLimits";
import { ProblemList } from "./problemList";
import { normaliseProjectName } from "./projectName";
import type { ProjectSetup } from "./setup";
import { type Field, Resolver } from "./resolve";
import { readService } from "./services";
import type { SourceFile } from "./sourceFile";
import { VariableCheck } from "./variables";
import { withWords } from "./words";

/** What the last assembling led to. */
interface Assembled {
  readonly setup: ProjectSetup;
  readonly model: Model;
  readonly project: ComposeProject;
  /** The first of the project's own files. */
  readonly main: SourceFile | undefined;
  /** Of every file that took part, as it was then. */
  readonly outlines: ReadonlyMap<SourceFile, Outline | undefined>;
}

export class Assembler {
  private readonly files: FileStore;
  private readonly maker = new EntryMaker();
  private readonly variables = new VariableCheck();
  private readonly layers = new WeakMap<DocumentOutline, Map<Environment, Layer>>();
  private readonly named = new WeakMap<Environment, Map<string, Environment>>();
  private readonly environments: EnvironmentCache = new WeakMap();
  private readonly schema: ProjectSchema;
  private readonly extending;
  private assembled: Assembled | undefined;
  private services: {
    readonly key: string;
    readonly reader: DeclarationReader<ServiceDeclaration>;
  };
  private networks: {
    readonly key: string;
    readonly reader: DeclarationReader<NetworkDeclaration>;
  };

  constructor(files: FileStore) {
    this.files = files;
    this.schema = new ProjectSchema(this.lineEnd);
    this.extending = new DeclarationReader(this.lineEnd, readExtends);
    this.services = this.serviceReader([]);
    this.networks = this.networkReader(undefined);
  }

  /** The project that the files make now. Parts that are the same as before are not read again. */
  assemble(setup: ProjectSetup): ComposeProject {
    const before = this.assembled?.setup === setup ? this.assembled : undefined;
    this.assembled = undefined;
    return (before && this.patch(before)) ?? this.assembleAll(setup);
  }

  /** Takes over what was assembled before, where only single parts are other ones; else undefined. */
  private patch(before: Assembled): ComposeProject | undefined {
    const changes = changesSince(before.outlines);
    if (!changes) return undefined;
    const { setup, model, project } = before;
    if (project.problems.some(({ code }) => code === "limit")) return undefined;
    const readers = {
      maker: this.maker,
      schema: this.schema,
      variables: this.variables,
      extending: this.extending,
      services: this.serviceReader(setup.profiles).reader,
      networks: this.networkReader(project.name).reader,
      absent: new Set(project.absentFiles.map(({ service }) => service)),
    };
    let declarations: Declarations = project;
    for (const change of changes) {
      const patched = patchPart(change, model, declarations, readers);
      if (!patched) return undefined;
      declarations = patched;
    }
    const { services, networks } = declarations;
    // A line that a problem names may be another one.
    const problems = withWords(project.problems, (path) => this.files.known(path));
    return this.keep({ ...before, project: { ...project, problems, services, networks } });
  }

  private keep(assembled: Omit<Assembled, "outlines">): ComposeProject {
    const { project } = assembled;
    const files = project.paths.flatMap((path) => this.files.read(path) ?? []);
    const outlines = new Map(files.map((file) => [file, file.outline] as const));
    this.assembled = { ...assembled, outlines };
    const body = () => this.networksBody(assembled.main);
    return {
      ...project,
      get networksBody() {
        return body();
      },
    };
  }

  private assembleAll(setup: ProjectSetup): ComposeProject {
    const problems = new ProblemList();
    problems.addAll(setup.problems);
    const builder = new ModelBuilder(
      {
        files: this.files,
        maker: this.maker,
        extends: this.extending,
        layers: this.layers,
        environments: this.environments,
        schema: this.schema,
      },
      problems,
    );
    builder.partial = problems.has("limit");
    const sources = this.sources(setup, builder);
    const name = this.projectName(sources, setup);
    const environment = this.environment(setup, name);
    const site = { environment, directory: setup.directory, included: [] };
    const model = builder.model(sources, site);
    limitSections(model, builder);
    for (const section of sectionNames) {
      for (const slot of model.sections[section].values()) {
        this.schema.checkEntry(section, slot, problems);
      }
    }
    const networks = this.declarations(
      model.sections.networks,
      this.networkReader(name).reader,
      networkLimit,
      builder,
    );
    const services = this.declarations(
      model.sections.services,
      this.serviceReader(setup.profiles).reader,
      serviceLimit,
      builder,
    );
    for (const layer of builder.layers) problems.addAll(layer.problems);
    const unsetVariables = this.variables.check(builder.layers, problems);
    const paths = [...builder.met.keys()];
    const broken = builder.partial || problems.has("syntax");
    if (setup.whole && !broken) {
      problems.addAll(consistencyProblems(services, declaredOf(model, builder.layers)));
    }
    if (setup.whole && !broken) problems.addAll(emptinessProblems(sources, name, setup));
    const absent = setup.whole && !broken ? absentFiles(services, builder, this.files) : [];
    if (setup.whole && !broken) {
      problems.addAll(fileContentProblems(services, builder, this.files));
    }
    const found = withWords(problems.result(), (path) => this.files.known(path));
    const project: ComposeProject = {
      name: name === "" ? undefined : name,
      nameNow: this.projectName(sources, setup, true) ?? "",
      paths,
      textOf: (path) => this.files.known(path),
      networks,
      networksBody: undefined,
      services,
      problems: found,
      absentFiles: absent,
      unsetVariables,
      wayTo: (path) => builder.met.get(path),
      included: builder.included,
      whole: setup.whole,
      partial: broken,
    };
    return this.keep({ setup, model, project, main: sources[0] });
  }

  private sources(setup: ProjectSetup, builder: ModelBuilder): SourceFile[] {
    // Not all variables are known: nothing can be told of what is read with them.
    if (builder.partial) return [];
    return setup.files.flatMap((path) => {
      const source = this.files.source(path);
      if (source) builder.meet(source, undefined);
      else builder.partial = true;
      if (source === null) {
        builder.problems.add({
          code: "files",
          message: `The file ${path} is not there.`,
          composeMessage: `${setup.listed ? "stat" : "open"} ${path}: no such file or directory`,
          place: { path, from: 0, to: 0 },
        });
      }
      return source ? [source] : [];
    });
  }

  private declarations<T>(
    slots: ReadonlyMap<string, Slot>,
    reader: DeclarationReader<T>,
    limit: (value: T) => ReadProblem | undefined,
    builder: ModelBuilder,
  ): T[] {
    const values: T[] = [];
    for (const slot of slots.values()) {
      const { value, problems } = reader.declaration(slot);
      builder.problems.addAll(problems);
      const beyond = limit(value);
      if (beyond) builder.leaveOut(beyond);
      else values.push(value);
    }
    return values;
  }

  private serviceReader(profiles: readonly string[]) {
    const key = profiles.join(",");
    if ((this.services as typeof this.services | undefined)?.key !== key) {
      const read = (reading: Reading, field: Field) => readService(reading, field, profiles);
      this.services = { key, reader: new DeclarationReader(this.lineEnd, read) };
    }
    return this.services;
  }

  private networkReader(name: string | undefined) {
    const key = name ?? "";
    if ((this.networks as typeof this.networks | undefined)?.key !== key) {
      const read = (reading: Reading, field: Field) => readNetwork(reading, field, name);
      this.networks = { key, reader: new DeclarationReader(this.lineEnd, read) };
    }
    return this.networks;
  }

  /**
   * The name given, else the last `name:` of the project's own files, else that of the folder; undefined
   * when it cannot be known. `emptied`: with nothing in the place of unset variables.
   */
  private projectName(
    sources: readonly SourceFile[],
    { environment, name, folderName }: ProjectSetup,
    emptied = false,
  ): string | undefined {
    if (name !== undefined) return name;
    let written: string | undefined = "";
    let nothing = false;
    for (const source of sources) {
      for (const document of source.outline?.documents ?? []) {
        const part = document.parts.find(
          ({ section, pair }) => section === "" && pair.key === "name",
        );
        const node =
          part && new Resolver(anchorsOf(source.outline), []).follow(part.pair.value).node;
        if (node?.kind !== "scalar" || node.text === "") continue;
        const { text, known } = interpolate(node.text, environment);
        written = known || emptied ? normaliseProjectName(text) : undefined;
        // Of what is written nothing is left: the folder does not step in.
        nothing = written === "" && text !== "";
      }
    }
    return written === "" && !nothing ? folderName : written;
  }

  /** As compose-go does, `COMPOSE_PROJECT_NAME` is the project's name in every file. */
  private environment({ environment }: ProjectSetup, name: string | undefined): Environment {
    if (name === undefined) return environment;
    let known = this.named.get(environment);
    if (!known) this.named.set(environment, (known = new Map<string, Environment>()));
    let result = known.get(name);
    if (!result) {
      result = new Map(environment).set("COMPOSE_PROJECT_NAME", name);
      known.set(name, result);
    }
    return result;
  }

  private networksBody(source: SourceFile | undefined): Body | undefined {
    const sections = source?.outline?.documents.flatMap((document) => document.sections) ?? [];
    const section = sections.find(({ key }) => key === "networks");
    if (!source || !section) return undefined;
    const end = source.lineEnd(section.to);
    return { path: source.path, end, indent: section.indent ?? 2 };
  }

  private readonly lineEnd = ({ path, to }: Place): number =>
    this.files.read(path)?.lineEnd(to) ?? to;
}
