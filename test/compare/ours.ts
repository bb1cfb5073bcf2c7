/** What `macvlan-check` makes of a project, in process. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { projectJson } from "../../src/cli/resolve";
import type { ProjectRequest } from "../../src/compose/discovery";
import { ProjectLoader } from "../../src/compose/projectLoader";
import { rules } from "../../src/rules/index";
import { fullMessage } from "../../src/rules/message";
import { runRules } from "../../src/rules/run";
import type { NetworkPart } from "./networkPart";
import type { Invocation } from "./realCompose";

/** `errors`: the messages of the findings that say that Compose refuses. */
export interface Ours {
  readonly part: NetworkPart | undefined;
  readonly errors: readonly string[];
}

/** Rules whose errors are refusals of `docker compose config`; those of the others are the engine's. */
const composeRules = new Set([
  "compose-error",
  "undefined-network",
  "network-mode-conflict",
  "unknown-ipam-key",
  "unknown-network-key",
]);
export function ours(folder: string, invocation: Invocation): Ours {
  const { values } = parseArgs({
    args: [...(invocation.arguments ?? [])],
    options: {
      file: { type: "string", short: "f", multiple: true },
      profile: { type: "string", multiple: true },
      "env-file": { type: "string", multiple: true },
      "project-name": { type: "string", short: "p" },
      "project-directory": { type: "string" },
    },
  });
  const request: ProjectRequest = {
    folder: join(folder, invocation.folder ?? "."),
    environment: new Map(Object.entries(invocation.environment ?? {})),
    // What somebody names on the command line is all there is.
    whole: true,
    ...(values.file && { files: values.file }),
    ...(values.profile && { profiles: values.profile }),
    ...(values["env-file"] && { envFiles: values["env-file"] }),
    ...(values["project-name"] !== undefined && { projectName: values["project-name"] }),
    ...(values["project-directory"] !== undefined && {
      projectDirectory: values["project-directory"],
    }),
  };
  const project = new ProjectLoader({ read: (path) => read(path, folder) }, request).project();
  const errors = runRules(rules, project, {})
    .filter(({ rule, severity }) => severity === "error" && composeRules.has(rule))
    .map((finding) => fullMessage(finding, "29").replaceAll(`${folder}/`, `/${basename(folder)}/`));
  const part = JSON.parse(JSON.stringify(projectJson(project))) as NetworkPart;
  return { part, errors };
}

/** Nothing outside the project's folder is there: what lies above it on this machine is not its own. */
function read(path: string, folder: string): string | null {
  if (!path.startsWith(`${folder}/`) || !existsSync(path) || !statSync(path).isFile()) return null;
  return readFileSync(path, "utf8");
}
