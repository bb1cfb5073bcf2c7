/** What `macvlan-check` makes of a project, in process. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectJson } from "../../src/cli/resolve";
import { ComposeDocument } from "../../src/compose/document";
import { environmentProfiles, projectEnvironment } from "../../src/compose/environment";
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
const names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

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
  const here = join(folder, invocation.folder ?? ".");
  const files = values.file ?? names.filter((name) => existsSync(join(here, name)));
  const path = join(here, files[0] ?? "compose.yaml");
  const text = read(path);
  if (text === undefined) return { part: undefined, errors: [] };
  const dotenv = (values["env-file"] ?? [".env"]).map((name) => read(join(here, name)) ?? "");
  const environment = projectEnvironment(invocation.environment ?? {}, dotenv);
  const profiles = [...(values.profile ?? []), ...environmentProfiles(environment)];
  const project = new ComposeDocument(path, text, {
    environment,
    profiles,
    ...(values["project-name"] === undefined ? {} : { projectName: values["project-name"] }),
  }).project();
  const errors = runRules(rules, project, {})
    .filter(({ rule, severity }) => severity === "error" && composeRules.has(rule))
    .map((finding) => fullMessage(finding, "29"));
  const part = JSON.parse(JSON.stringify(projectJson(project))) as NetworkPart;
  return { part, errors };
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8").replace(/^\uFEFF/, "") : undefined;
}
