/** `include`: takes over the services and networks of other projects. */
import { type Reading, nameField, nameValue } from "./fields";
import { type EnvFile, readEnvFiles } from "./envFiles";
import type { Environment } from "./interpolate";
import type { Layer } from "./layer";
import { deepestInclusion } from "./limits";
import type { Model } from "./model";
import type { LoadSite, ModelBuilder } from "./modelBuilder";
import { folderOf, resolvePath } from "./paths";
import type { Place } from "./place";
import { isRemote } from "./remote";
import { type Field, type Fields, Resolver } from "./resolve";
import type { SourceFile } from "./sourceFile";
import type { Value } from "./value";
import { type YamlType, yamlType } from "./yamlType";

/** Inclusions that one project may make: files that include each other twice would double without end. */
const mostInclusions = 1000;

/** What Go calls the scalars that are no path. */
const goTypes: Readonly<Partial<Record<YamlType, string>>> = {
  boolean: "bool",
  integer: "int",
  float: "float64",
};

/** One item of `include`. */
interface IncludeItem {
  readonly place: Place;
  readonly paths: readonly Value[];
  readonly directory: Value | undefined;
  readonly envFiles: readonly Value[];
}

export class IncludeReader {
  private readonly builder: ModelBuilder;
  private inclusions = 0;
  private stopped = false;

  constructor(builder: ModelBuilder) {
    this.builder = builder;
  }

  /** Puts what the document includes beside what it has itself. */
  apply(own: Model, layer: Layer, site: LoadSite): void {
    const field = layer.top.get("include");
    if (!field) return;
    for (const item of this.items(field, layer)) {
      if (++this.inclusions > mostInclusions) {
        this.stop(`Only ${mostInclusions} inclusions are followed; the rest is not read.`, item);
        return;
      }
      const model = this.load(item, layer, site);
      if (model) own.include(model, item.place);
    }
  }

  private load(item: IncludeItem, layer: Layer, site: LoadSite): Model | undefined {
    const { builder } = this;
    const [main] = item.paths;
    if (!main) return undefined;
    const unknown = [...item.paths, ...item.envFiles, item.directory].some(
      (value) => value?.known === false,
    );
    if (unknown || item.paths.some(({ text }) => isRemote(text))) {
      builder.partial = true;
      return undefined;
    }
    const mainPath = resolvePath(site.directory, main.text);
    const directory = item.directory?.text
      ? resolvePath(site.directory, item.directory.text)
      : folderOf(mainPath);
    const included = [...site.included, layer.path];
    if (included.includes(mainPath)) {
      const [first, ...rest] = [...included, mainPath];
      const words = `include cycle detected:\n${first}\n include ${rest.join("\n include ")}`;
      this.refuse("These files include each other in a circle.", words, main.place);
      return undefined;
    }
    if (site.included.length >= deepestInclusion) {
      const words = `Inclusions are followed ${deepestInclusion} files deep; what this one leads to is not read.`;
      this.stop(words, item);
      return undefined;
    }
    const files = item.paths.map((path) => this.file(resolvePath(site.directory, path.text), path));
    const environment = this.environment(item, directory, site);
    if (!environment || !files.every((file) => file !== undefined)) return undefined;
    return builder.model(files, { environment, directory, included });
  }

  private file(path: string, value: Value): SourceFile | undefined {
    const file = this.builder.file(path, value.place);
    this.builder.included.add(path);
    if (!file && this.builder.parts.files.text(path) === null) {
      const message = `The included file ${value.text} is not there.`;
      this.refuse(message, `open ${path}: no such file or directory`, value.place);
    }
    return file;
  }

  /** The variables of the included project: those of the including one, then its own `.env`. */
  private environment(
    item: IncludeItem,
    directory: string,
    site: LoadSite,
  ): Environment | undefined {
    const { files, environments } = this.builder.parts;
    const found: EnvFile[] = [];
    for (const { text: name, place } of item.envFiles) {
      if (name === "/dev/null") continue;
      const path = resolvePath(site.directory, name);
      const text = files.text(path);
      if (text === null) {
        const message = `The env_file ${name} of this include is not there.`;
        this.refuse(message, `stat ${path}: no such file or directory`, place);
      }
      if (typeof text !== "string") {
        this.builder.partial = true;
        return undefined;
      }
      found.push({ path, text });
    }
    if (item.envFiles.length === 0) {
      const path = resolvePath(directory, ".env");
      const text = files.text(path);
      if (typeof text === "string") found.push({ path, text });
    }
    const { variables, problems, limit } = readEnvFiles(site.environment, found, environments);
    if (limit) {
      this.builder.leaveOut(limit);
      return undefined;
    }
    this.builder.problems.addAll(problems);
    return variables;
  }

  private items(field: Field, layer: Layer): IncludeItem[] {
    const resolver = new Resolver(layer.anchors, []);
    const reading: Reading = {
      resolver,
      problems: [],
      environment: layer.environment,
      lineEnd: ({ to }) => to,
    };
    if (field.node?.kind !== "seq") {
      if (!field.node) return [];
      const message = '"include" must be a list: Compose refuses the file.';
      const got = field.node.kind === "scalar" ? nameValue(reading, field.node).text : "map[]";
      this.refuse(message, `\`include\` must be a list, got ${got}`, field.node.place);
      return [];
    }
    return field.node.items.flatMap((item, index): IncludeItem[] => {
      const { node, through } = resolver.follow(item, field.through);
      if (node?.kind === "scalar") {
        const value = nameValue(reading, node, through);
        const type = goTypes[node.style === "plain" ? yamlType(node.text) : "string"];
        if (type !== undefined && node.tag === undefined) {
          const words = `'[${index}]' expected a map or struct, got "${type}"`;
          const message = "An item of include is a path or a mapping: Compose refuses the file.";
          this.refuse(
            message,
            `decoding failed due to the following error(s):\n\n${words}`,
            node.place,
          );
          return [];
        }
        return [{ place: item.place, paths: [value], directory: undefined, envFiles: [] }];
      }
      if (node?.kind !== "map") return [];
      const fields = resolver.fields(node, through);
      return [
        {
          place: item.place,
          paths: texts(reading, fields, "path"),
          directory: nameField(reading, fields, "project_directory"),
          envFiles: texts(reading, fields, "env_file"),
        },
      ];
    });
  }

  /** Says once where inclusions are followed no further. */
  private stop(message: string, { place }: IncludeItem): void {
    if (!this.stopped) this.builder.leaveOut({ code: "limit", message, place });
    this.stopped = true;
  }

  private refuse(message: string, composeMessage: string, place: Place): void {
    this.builder.problems.add({ code: "include", message, composeMessage, place });
  }
}

/** One text or a list of them. */
function texts(reading: Reading, fields: Fields, key: string): Value[] {
  const node = fields.get(key)?.node;
  const nodes = node?.kind === "seq" ? node.items : node ? [node] : [];
  return nodes.flatMap((item) => {
    const { node: scalar, through } = reading.resolver.follow(item);
    return scalar?.kind === "scalar" ? [nameValue(reading, scalar, through)] : [];
  });
}
