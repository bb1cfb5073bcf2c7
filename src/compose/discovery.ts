/** Which files, variables and profiles make a project, as Compose finds them (compose-go cli/options.go). */
import { type EnvFile, type EnvironmentCache, readEnvFiles } from "./envFiles";
import type { FileStore } from "./fileStore";
import type { Environment } from "./interpolate";
import { folderOf, nameOf, resolvePath } from "./paths";
import type { ReadProblem } from "./project";
import { folderProjectName, normaliseProjectName } from "./projectName";
import type { ProjectSetup } from "./setup";

/** What Compose looks for in a folder; the first that is there wins. */
export const projectFileNames: readonly string[] = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
];

/** Put onto the project's file where it was found by its name; the first that is there wins. */
export const overrideFileNames: readonly string[] = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** Compose finds the file by itself: it is a whole project. */
export function isProjectFile(path: string): boolean {
  return projectFileNames.includes(nameOf(path));
}

/** Compose puts the file onto the project's file of its folder. */
export function isOverrideFile(path: string): boolean {
  return overrideFileNames.includes(nameOf(path));
}

/**
 * The request for the project that a file belongs to by its name: what Compose finds in the file's
 * folder, where it finds this file there; else the file as `-f` would name it.
 */
export function requestFor(
  path: string,
  base: Omit<ProjectRequest, "folder" | "files">,
): ProjectRequest {
  const folder = folderOf(path);
  return isProjectFile(path) || isOverrideFile(path)
    ? { ...base, folder }
    : { ...base, folder, files: [path] };
}

/** What the command line of Compose would say. */
export interface ProjectRequest {
  /** Where Compose is started: relative paths of the request start here, and so does the search. */
  readonly folder: string;
  /** `-f`; when there are none, the files of `COMPOSE_FILE` or those found by their names. */
  readonly files?: readonly string[];
  /** `--project-directory` */
  readonly projectDirectory?: string;
  /** Of the process. */
  readonly environment: Environment;
  /** `--env-file`; instead of `.env`. */
  readonly envFiles?: readonly string[];
  /** `--profile`; instead of `COMPOSE_PROFILES`. */
  readonly profiles?: readonly string[];
  /** `--project-name` */
  readonly projectName?: string;
  /** Whether named files are all there is to the project; by default where the first has one of Compose's names. */
  readonly whole?: boolean;
}

/** Finds a project. What is wrong with the request is among the problems of the result. */
export function settleProject(
  request: ProjectRequest,
  files: FileStore,
  cache: EnvironmentCache,
): ProjectSetup {
  return new Settler(request, files, cache).settle();
}

class Settler {
  private readonly request: ProjectRequest;
  private readonly files: FileStore;
  private readonly cache: EnvironmentCache;
  private readonly problems: ReadProblem[] = [];
  /** Not all variables are known. */
  private limited = false;

  constructor(request: ProjectRequest, files: FileStore, cache: EnvironmentCache) {
    this.request = request;
    this.files = files;
    this.cache = cache;
  }

  settle(): ProjectSetup {
    const { request } = this;
    const given = (request.files ?? []).map((file) => this.absolute(file));
    const chosen = some(request.projectDirectory);
    const [first] = given;
    const own = chosen === undefined ? undefined : this.absolute(chosen);
    const start = own ?? (first === undefined ? request.folder : folderOf(first));
    const around = this.withEnvFiles(request.environment, start);
    const listed = given.length > 0 ? undefined : this.listed(around);
    const found = given.length > 0 ? given : (listed ?? this.found(own ?? request.folder));
    const directory = own ?? folderOf(found[0] ?? resolvePath(request.folder, "compose.yaml"));
    // A project that was found further up may have variables there.
    const environment = directory === start ? around : this.withEnvFiles(around, directory);
    const name = this.name(environment, found);
    return {
      files: found,
      listed: listed !== undefined,
      directory,
      environment,
      profiles: this.profiles(environment),
      name,
      folderName: folderProjectName(resolvePath(directory, "compose.yaml")),
      whole:
        listed !== undefined ||
        given.length === 0 ||
        (request.whole ?? isProjectFile(found[0] ?? "")),
      problems: this.problems,
    };
  }

  private absolute(path: string): string {
    return resolvePath(this.request.folder, path);
  }

  private withEnvFiles(environment: Environment, folder: string): Environment {
    const named = this.request.envFiles ?? environmentList(this.request.environment);
    const found: EnvFile[] = [];
    if (named.length === 0) {
      const disabled = this.request.environment.get("COMPOSE_DISABLE_ENV_FILE") ?? "";
      const path = resolvePath(folder, ".env");
      const text = isTrue(disabled) ? null : this.files.text(path);
      if (typeof text === "string") found.push({ path, text });
    }
    for (const path of named.map((file) => this.absolute(file))) {
      const text = this.files.text(path);
      if (typeof text === "string") found.push({ path, text });
      else if (text === null) {
        const message = `The env file ${path} is not there.`;
        this.refuse(message, `couldn't find env file: ${path}`, path);
      }
    }
    const { variables, problems, limit } = readEnvFiles(environment, found, this.cache);
    this.problems.push(...problems);
    if (limit && !this.limited) this.problems.push(limit);
    this.limited ||= limit !== undefined;
    return variables;
  }

  /** The files of `COMPOSE_FILE`. */
  private listed(environment: Environment): string[] | undefined {
    const list = environment.get("COMPOSE_FILE");
    if (list === undefined) return undefined;
    const windows = /^[A-Za-z]:|^\\\\/.test(this.request.folder);
    const separator = some(environment.get("COMPOSE_PATH_SEPARATOR")) ?? (windows ? ";" : ":");
    return list.split(separator).map((file) => this.absolute(file));
  }

  /** The project's file in the folder or the nearest one above that has one, and its override. */
  private found(folder: string): string[] {
    for (let at = folder; ; at = folderOf(at)) {
      const main = this.firstOf(projectFileNames, at);
      if (main !== undefined) {
        const override = this.firstOf(overrideFileNames, at);
        return override === undefined ? [main] : [main, override];
      }
      if (folderOf(at) === at) break;
    }
    const message = "There is no compose file here or in a folder above.";
    this.refuse(message, "no configuration file provided: not found", folder);
    return [];
  }

  private firstOf(names: readonly string[], folder: string): string | undefined {
    const paths = names.map((name) => resolvePath(folder, name));
    return paths.find((path) => typeof this.files.text(path) === "string");
  }

  private profiles(environment: Environment): readonly string[] {
    const given = this.request.profiles ?? [];
    if (given.length > 0) return given;
    return (environment.get("COMPOSE_PROFILES") ?? "").split(",").map((name) => name.trim());
  }

  private name(environment: Environment, found: readonly string[]): string | undefined {
    const name = some(this.request.projectName) ?? some(environment.get("COMPOSE_PROJECT_NAME"));
    if (name === undefined) return undefined;
    if (normaliseProjectName(name) !== name) {
      const words = `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`;
      const message = `The project's name "${name}", from the command line or COMPOSE_PROJECT_NAME, is not one that Compose accepts.`;
      this.refuse(message, words, found[0] ?? this.request.folder);
    }
    return name;
  }

  private refuse(message: string, composeMessage: string, path: string): void {
    this.problems.push({ code: "files", message, composeMessage, place: { path, from: 0, to: 0 } });
  }
}

/** An empty text counts as none. */
function some(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function environmentList(environment: Environment): string[] {
  const list = environment.get("COMPOSE_ENV_FILES") ?? "";
  return list === "" ? [] : list.split(",");
}

/** As Go's strconv.ParseBool. */
function isTrue(text: string): boolean {
  return ["1", "t", "T", "TRUE", "true", "True"].includes(text);
}
