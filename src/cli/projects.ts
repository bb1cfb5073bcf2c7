/** From a path on the command line to the project that Docker Compose would make of it. */
import { dirname, join, relative, resolve } from "node:path";
import { parseEnv } from "node:util";
import { requestFor } from "../compose/discovery";
import { ProjectLoader } from "../compose/projectLoader";
import type { ProjectOptions } from "./arguments";
import { type TextFile, readOptionalTextFile, readTextFile } from "./files";

export class CliProject {
  readonly loader: ProjectLoader;
  /** Absolute path of the first of the project's files. */
  readonly main: string;
  private readonly shown: string;
  private readonly named: string;
  private readonly files = new Map<string, TextFile>();

  /**
   * The project that the file belongs to. A file that Compose would pass over for another one of its
   * folder is a project by itself.
   * @throws CliError where the file or an `--env-file` cannot be read
   */
  constructor(path: string, options: ProjectOptions) {
    this.shown = path;
    this.named = this.read(path).path;
    const base = { ...variables(options), profiles: options.profiles };
    const access = { read: (file: string) => this.readOptional(file) };
    const request = requestFor(this.named, base);
    const loader = new ProjectLoader(access, request);
    this.loader = loader.setup.files.includes(this.named)
      ? loader
      : new ProjectLoader(access, { ...request, files: [this.named] });
    this.main = this.loader.setup.files[0] ?? this.named;
  }

  /** Whether the other project is this one, named by a file that is not its first. */
  covers(other: CliProject): boolean {
    return other.main === this.main && other.named !== other.main && this.named === this.main;
  }

  /** A file of the project, or a name for one that could not be read. */
  file(path: string): TextFile {
    const known = this.files.get(path);
    if (known) return { ...known, shown: this.shownAs(path) };
    return { shown: this.shownAs(path), path, text: "", mark: "" };
  }

  /** As the user would name it, having named the project as they did. */
  private shownAs(path: string): string {
    if (path === this.named) return this.shown;
    return join(dirname(this.shown), relative(dirname(this.named), path));
  }

  private read(path: string): TextFile {
    const file = readTextFile(path);
    this.files.set(file.path, file);
    return file;
  }

  private readOptional(path: string): string | null {
    const known = this.files.get(path);
    if (known) return known.text;
    const file = readOptionalTextFile(path);
    if (file) this.files.set(path, file);
    return file?.text ?? null;
  }
}

/** The variables of the process, and the files of `--env-file`. */
function variables(options: ProjectOptions) {
  const files = options.envFiles?.map((file) => readTextFile(file));
  const own = files ? withoutLoaded(files.map(({ text }) => text)) : process.env;
  const environment = new Map<string, string>();
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) environment.set(name, value);
  }
  return { environment, ...(files ? { envFiles: files.map(({ path }) => resolve(path)) } : {}) };
}

/**
 * Node 20 takes an `--env-file` behind the script for its own and loads it into the environment,
 * where it would win over our reading, which knows more of the format (variables in values).
 */
function withoutLoaded(texts: readonly string[]): Record<string, string | undefined> {
  const own = { ...process.env };
  for (const text of texts) {
    for (const [name, value] of Object.entries(parseEnv(text))) {
      if (own[name] === value) own[name] = undefined;
    }
  }
  return own;
}
