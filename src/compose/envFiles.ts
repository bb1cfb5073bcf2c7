/** The variables of a project, from those around it and `.env` files. */
import { readDotenv } from "./dotenv";
import type { Environment } from "./interpolate";

/** The same variables again for the same texts: what was read with them is kept by their identity. */
export type EnvironmentCache = WeakMap<Environment, Map<string, Environment>>;

/** Variables of `outer` win over those of the texts, of which a later one wins over an earlier. */
export function readEnvFiles(
  outer: Environment,
  texts: readonly string[],
  cache: EnvironmentCache,
): Environment {
  if (texts.length === 0) return outer;
  let known = cache.get(outer);
  if (!known) cache.set(outer, (known = new Map<string, Environment>()));
  const name = JSON.stringify(texts);
  let environment = known.get(name);
  if (!environment) {
    environment = readDotenv(texts.join("\n"), outer);
    known.set(name, environment);
  }
  return environment;
}
