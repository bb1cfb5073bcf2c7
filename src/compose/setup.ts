/** What is settled about a project before its files are read. */
import type { Environment } from "./interpolate";
import type { ReadProblem } from "./project";

export interface ProjectSetup {
  /** Each put onto those before it; the first is the main one. */
  readonly files: readonly string[];
  /** They are those of `COMPOSE_FILE`. */
  readonly listed: boolean;
  /** What relative paths start from. */
  readonly directory: string;
  readonly environment: Environment;
  /** Active profiles; `*` for all. Services of other profiles are read but not enabled. */
  readonly profiles: readonly string[];
  /** Wins over `name:` and the folder. */
  readonly name: string | undefined;
  /** The name that the project's folder gives it, if any. */
  readonly folderName: string | undefined;
  /** The files are all there is to the project, not parts that somebody puts onto others. */
  readonly whole: boolean;
  readonly problems: readonly ReadProblem[];
}
