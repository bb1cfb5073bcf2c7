/** From a file to the compose options that Docker Compose would use for it. */
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import type { ComposeOptions } from "../compose/assembler";
import { environmentProfiles, projectEnvironment } from "../compose/environment";
import type { ProjectOptions } from "./arguments";
import { type TextFile, readOptionalFile, readTextFile } from "./files";

/**
 * Variables from the process, over `--env-file`s or the `.env` beside the file; profiles from the
 * options and from `COMPOSE_PROFILES`.
 */
export function composeOptions(file: TextFile, options: ProjectOptions): ComposeOptions {
  const texts = options.envFiles?.map((path) => readTextFile(path).text) ?? dotEnvBeside(file);
  const process = options.envFiles ? withoutLoaded(texts) : globalThis.process.env;
  const environment = projectEnvironment(process, texts);
  return { environment, profiles: [...options.profiles, ...environmentProfiles(environment)] };
}

function dotEnvBeside(file: TextFile): string[] {
  const text = readOptionalFile(join(dirname(file.path), ".env"));
  return text === undefined ? [] : [text];
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
