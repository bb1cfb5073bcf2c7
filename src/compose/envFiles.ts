/** The variables of a project, from those around it and `.env` files. */
import { parseDotenv } from "./dotenv";
import type { Environment } from "./interpolate";
import type { ReadProblem } from "./project";
import { variablesLimit } from "./projectLimits";

/** A file of variables that was read. */
export interface EnvFile {
  readonly path: string;
  readonly text: string;
}

interface Known {
  readonly variables: Environment;
  readonly problems: readonly ReadProblem[];
  /** Why not all variables are known: then nothing can be told of what is read with them. */
  readonly limit?: ReadProblem;
}

/** The same variables again for the same texts: what was read with them is kept by their identity. */
export type EnvironmentCache = WeakMap<Environment, Map<string, Known>>;

/** Variables of `outer` win over those of the files, of which a later one wins over an earlier. */
export function readEnvFiles(
  outer: Environment,
  files: readonly EnvFile[],
  cache: EnvironmentCache,
): Known {
  if (files.length === 0) return { variables: outer, problems: [] };
  let known = cache.get(outer);
  if (!known) cache.set(outer, (known = new Map<string, Known>()));
  for (const file of files) {
    const limit = variablesLimit(file, "What would be read with them is not checked.");
    if (limit) return { variables: outer, problems: [], limit };
  }
  const name = JSON.stringify(files.map(({ path, text }) => [path, text]));
  let result = known.get(name);
  if (!result) {
    result = read(outer, files);
    known.set(name, result);
  }
  return result;
}

function read(outer: Environment, files: readonly EnvFile[]): Known {
  let before: ReadonlyMap<string, string> = new Map();
  let variables: Environment = outer;
  const problems: ReadProblem[] = [];
  for (const { path, text } of files) {
    const { own, error } = parseDotenv(text, outer, before);
    before = own;
    variables = joined(own, outer);
    if (!error) continue;
    const { words, from, to } = error;
    problems.push({
      code: "files",
      message: "Compose cannot read this file of variables, and refuses the project.",
      composeMessage: `failed to read ${path}: ${words}`,
      place: { path, from, to },
    });
    break;
  }
  return { variables, problems };
}

/** Those of `outer` win. */
function joined(own: ReadonlyMap<string, string>, outer: Environment): Environment {
  const variables = new Map(own);
  for (const [name, value] of outer) variables.set(name, value);
  return variables;
}
