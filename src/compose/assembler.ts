/** From the parts of a file to its project; what parts were made into is kept with them. */
import { type Reading, stringField } from "./fields";
import type { Environment } from "./interpolate";
import { lineEnd } from "./lineEnd";
import { readNetwork } from "./networks";
import type { DocumentOutline, Outline, Part, Section } from "./outline";
import { type Place, RegionPlace } from "./place";
import type { Body, ComposeProject, NetworkDeclaration, ReadProblem } from "./project";
import { folderProjectName, normaliseProjectName } from "./projectName";
import { AnchorTable, type AnchorUse, type Field, Resolver } from "./resolve";
import { readService } from "./services";
import type { YamlMap, YamlPair } from "./yamlNode";

export interface ComposeOptions {
  /** Variables for interpolation; a name that is absent is unset. */
  readonly environment?: Environment;
  /** Wins over `name:` and the folder (`-p`). */
  readonly projectName?: string;
  /** Active profiles; `*` for all. Services of other profiles are read but not enabled. */
  readonly profiles?: readonly string[];
}

type Service = ReturnType<typeof readService>;

/** What was made of a part, and what that depended on outside the part. */
interface Built<T> {
  readonly anchors: AnchorTable;
  readonly value: T;
  readonly uses: readonly AnchorUse[];
  readonly problems: readonly ReadProblem[];
  readonly projectName: string | undefined;
}

const nothing: DocumentOutline = { parts: [], sections: [], notMapping: undefined };

export class Assembler {
  private readonly path: string;
  private readonly options: ComposeOptions;
  private readonly services = new WeakMap<Part, Built<Service>>();
  private readonly networks = new WeakMap<Part, Built<NetworkDeclaration>>();
  private text = "";

  constructor(path: string, options: ComposeOptions) {
    this.path = path;
    this.options = options;
  }

  /** The project that the outline of `text` makes. Parts that are the same as before are not read again. */
  assemble(outline: Outline, text: string): ComposeProject {
    this.text = text;
    const problems: ReadProblem[] = [...outline.problems];
    const document = outline.documents[0] ?? nothing;
    for (const part of document.parts) problems.push(...part.problems);
    const anchors = new AnchorTable(document.parts.flatMap((part) => part.anchors));
    const top = this.topLevel(document, anchors, problems);
    const name = this.projectName(top, problems, anchors);
    const networks = this.entries(document, "networks", top, anchors, problems, {
      cache: this.networks,
      name,
      read: (reading, field) => readNetwork(reading, field, name),
    });
    const services = this.entries(document, "services", top, anchors, problems, {
      cache: this.services,
      name,
      read: (reading, field) => readService(reading, field, this.options.profiles ?? []),
    });
    const broken = problems.some(({ code }) => code === "syntax");
    return {
      name,
      paths: [this.path],
      textOf: (path) => (path === this.path ? text : undefined),
      networks,
      networksBody: this.networksBody(document.sections),
      services,
      problems,
      partial:
        broken ||
        outline.documents.length > 1 ||
        top.has("include") ||
        services.some((service) => service.extends),
    };
  }

  /** Top-level entries that are not read part by part, and checks for keys that stand twice. */
  private topLevel(
    outline: DocumentOutline,
    anchors: AnchorTable,
    problems: ReadProblem[],
  ): ReadonlyMap<string, Field> {
    const seen = new Set<string>();
    const check = (key: string, keyPlace: Place) => {
      if (key !== "" && seen.has(key)) problems.push(duplicateKey(key, keyPlace));
      seen.add(key);
    };
    const pairs: YamlPair[] = [];
    for (const { section, pair } of outline.parts) {
      if (section !== "") continue;
      check(pair.key, pair.keyPlace);
      pairs.push(pair);
    }
    for (const { key, keyFrom, keyTo } of outline.sections) {
      check(key, new RegionPlace({ path: this.path, start: 0 }, keyFrom, keyTo));
    }
    return new Resolver(anchors, problems).fields(mapping(this.path, pairs));
  }

  private entries<T>(
    outline: DocumentOutline,
    section: string,
    top: ReadonlyMap<string, Field>,
    anchors: AnchorTable,
    problems: ReadProblem[],
    kind: {
      readonly cache: WeakMap<Part, Built<T>>;
      readonly name: string | undefined;
      readonly read: (reading: Reading, field: Field) => T;
    },
  ): T[] {
    const values: T[] = [];
    const keys = new Set<string>();
    const merges: YamlPair[] = [];
    for (const part of outline.parts) {
      if (part.section !== section) continue;
      const { key, keyPlace } = part.pair;
      if (key === "<<") {
        merges.push(part.pair);
        continue;
      }
      if (keys.has(key)) problems.push(duplicateKey(key, keyPlace));
      keys.add(key);
      if (key.startsWith("x-")) continue;
      const built = this.build(part, anchors, kind);
      problems.push(...built.problems);
      values.push(built.value);
    }
    // What a merge key brings in, or a flow mapping or an alias holds, is read anew each time.
    const whole = top.get(section);
    const resolver = new Resolver(anchors, problems);
    const reading = this.reading(resolver, problems);
    const rest =
      whole?.node?.kind === "map"
        ? resolver.fields(whole.node, whole.through)
        : resolver.fields(mapping(this.path, merges));
    for (const field of rest.values()) {
      if (!keys.has(field.key) && !field.key.startsWith("x-"))
        values.push(kind.read(reading, field));
    }
    return values;
  }

  private build<T>(
    part: Part,
    anchors: AnchorTable,
    kind: {
      readonly cache: WeakMap<Part, Built<T>>;
      readonly name: string | undefined;
      readonly read: (reading: Reading, field: Field) => T;
    },
  ): Built<T> {
    const cached = kind.cache.get(part);
    if (cached && cached.projectName === kind.name && stillHolds(cached, anchors)) return cached;
    const problems: ReadProblem[] = [];
    const resolver = new Resolver(anchors, problems);
    const { key, keyPlace, place, value } = part.pair;
    const { node, through } = resolver.follow(value);
    const field: Field = { key, keyPlace, place, node, through };
    const made = kind.read(this.reading(resolver, problems), field);
    const built = { anchors, value: made, uses: resolver.uses, problems, projectName: kind.name };
    kind.cache.set(part, built);
    return built;
  }

  private reading(resolver: Resolver, problems: ReadProblem[]): Reading {
    const text = this.text;
    return {
      resolver,
      problems,
      environment: this.options.environment ?? new Map<string, string>(),
      lineEnd: (offset) => lineEnd(text, offset),
    };
  }

  private projectName(
    top: ReadonlyMap<string, Field>,
    problems: ReadProblem[],
    anchors: AnchorTable,
  ): string | undefined {
    const given = this.options.projectName ?? this.options.environment?.get("COMPOSE_PROJECT_NAME");
    if (given !== undefined && given !== "") return given;
    const reading = this.reading(new Resolver(anchors, problems), problems);
    const name = stringField(reading, top, "name");
    if (!name) return folderProjectName(this.path);
    return name.known ? normaliseProjectName(name.text) : undefined;
  }

  private networksBody(sections: readonly Section[]): Body | undefined {
    const section = sections.find(({ key }) => key === "networks");
    if (!section) return undefined;
    const end = lineEnd(this.text, section.to);
    return { path: this.path, end, indent: section.indent ?? 2 };
  }
}

function stillHolds(built: Built<unknown>, anchors: AnchorTable): boolean {
  return (
    built.anchors === anchors ||
    built.uses.every(({ name, at, definition }) => anchors.find(name, at.from) === definition)
  );
}

function duplicateKey(key: string, place: Place): ReadProblem {
  const message = `The key "${key}" stands twice in this mapping: Compose refuses the file.`;
  return { code: "duplicate-key", message, place };
}

function mapping(path: string, pairs: readonly YamlPair[]): YamlMap {
  const place = new RegionPlace({ path, start: 0 }, 0, 0);
  return { kind: "map", tag: undefined, flow: false, indent: 0, place, pairs };
}
