/** From paths and options of the command line to the projects that Docker Compose would make of them. */
import { dirname, relative, resolve, sep } from "node:path";
import { parseEnv } from "node:util";
import { type ProjectRequest, requestFor } from "../compose/discovery";
import { ProjectLoader } from "../compose/projectLoader";
import type { ProjectOptions } from "./arguments";
import { CliError } from "./cliError";
import type { TextFiles } from "./files";
import { isFolder, projectFoldersBelow } from "./folders";
import { shownPath } from "./whereabouts";

/** What all projects of a run have in common. */
export type CommonRequest = Omit<ProjectRequest, "folder" | "files">;

/** @throws CliError where an `--env-file` cannot be read */
export function commonRequest(options: ProjectOptions, files: TextFiles): CommonRequest {
  const envFiles = options.envFiles?.map((path) => resolve(path));
  const own = envFiles ? withoutLoaded(envFiles.map((path) => files.need(path))) : process.env;
  const environment = new Map<string, string>();
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) environment.set(name, value);
  }
  return {
    environment,
    profiles: options.profiles,
    ...(envFiles && { envFiles }),
    ...(options.projectName !== undefined && { projectName: options.projectName }),
    ...(options.projectDirectory !== undefined && {
      projectDirectory: resolve(options.projectDirectory),
    }),
  };
}

/**
 * The project that `docker compose` makes of a folder, or of files named by `-f`.
 * @throws CliError where a path cannot be read
 */
export function projectOf(
  paths: readonly string[],
  common: CommonRequest,
  files: TextFiles,
): ProjectLoader {
  const places = paths.map((path) => resolve(path));
  const [first = process.cwd()] = places;
  if (places.length === 1 && isFolder(first)) {
    return new ProjectLoader(files, { ...common, folder: first });
  }
  for (const place of places) files.need(place);
  const request = { ...common, folder: process.cwd(), files: places, whole: true };
  return new ProjectLoader(files, request);
}

/**
 * Every project that the paths mean, each once: of a file the project that it belongs to, of a folder
 * those below it. What another project includes is no project of its own, unless it is named.
 * @throws CliError where a path cannot be read, or a folder has no project
 */
export function openProjects(
  paths: readonly string[],
  common: CommonRequest,
  files: TextFiles,
): ProjectLoader[] {
  const named = new Map<string, ProjectLoader>();
  const found = new Map<string, ProjectLoader>();
  // Which files make a project is said by the paths here, not by the variables of the process.
  const environment = new Map(common.environment);
  environment.delete("COMPOSE_FILE");
  environment.delete("COMPOSE_PROJECT_NAME");
  const base = { ...common, environment };
  const add = (projects: Map<string, ProjectLoader>, loader: ProjectLoader) => {
    const id = loader.setup.files.join("\n");
    if (!named.has(id) && !found.has(id)) projects.set(id, loader);
  };
  for (const path of paths) {
    const place = resolve(path);
    if (!isFolder(place)) {
      add(named, projectOfFile(place, base, files));
      continue;
    }
    const folders = projectFoldersBelow(place);
    if (folders.length === 0) throw nothingIn(path);
    for (const folder of folders) add(found, new ProjectLoader(files, { ...base, folder }));
  }
  const all = [...named.values(), ...found.values()];
  const included = new Set(all.length > 1 ? all.flatMap((one) => [...one.project().included]) : []);
  const whole = [...found.values()].filter((one) => !one.setup.files.every((f) => included.has(f)));
  return [...named.values(), ...whole];
}

/**
 * The project that Compose finds with the file in it, else the file alone: one with another name, or
 * that Compose passes over for another one of its folder.
 */
function projectOfFile(path: string, base: CommonRequest, files: TextFiles): ProjectLoader {
  files.need(path);
  const request = requestFor(path, base);
  const loader = new ProjectLoader(files, request);
  if (loader.setup.files.includes(path)) return loader;
  return new ProjectLoader(files, { ...request, files: [path] });
}

function nothingIn(path: string): CliError {
  return new CliError(
    `There is no compose file in ${shownPath(resolve(path))} or below it. It would be called compose.yaml, compose.yml, ` +
      "docker-compose.yml or docker-compose.yaml; a file with another name has to be named itself.",
  );
}

/** The folder that all paths are in, or that one of them is. */
export function commonFolder(paths: readonly string[]): string {
  const [first = process.cwd(), ...rest] = paths.map((path) => {
    const place = resolve(path);
    return isFolder(place) ? place : dirname(place);
  });
  let common = first;
  for (const path of rest) {
    while (path !== common && !path.startsWith(common.endsWith(sep) ? common : common + sep)) {
      if (dirname(common) === common) break;
      common = dirname(common);
    }
  }
  return common;
}

/** The path below a folder, with forward slashes. */
export function pathBelow(folder: string, path: string): string {
  return relative(folder, path).replaceAll(sep, "/");
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
