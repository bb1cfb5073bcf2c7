/** What `macvlan-check resolve` makes of a project, in process. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { projectJson, refusalsOf } from "../../src/cli/resolve";
import { ProjectLoader } from "../../src/compose/projectLoader";
import { fullMessage } from "../../src/rules/message";
import type { NetworkPart } from "./networkPart";
import type { Invocation } from "./realCompose";

export interface Ours {
  readonly part: NetworkPart;
  /** The messages of the findings that say that Compose refuses. */
  readonly errors: readonly string[];
}

/** `folder` stands as `/NAME` in messages, as in those of `RealCompose`. */
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
  const above = dirname(folder);
  const inside = folder.slice(above.length);
  const project = new ProjectLoader(
    // Nothing outside the folder is there: what lies above it on this machine is not its own.
    { read: (path) => (path.startsWith(`${inside}/`) ? read(join(above, path)) : null) },
    {
      folder: join(inside, invocation.folder ?? "."),
      // What somebody names on the command line is all there is.
      whole: true,
      environment: new Map(Object.entries(invocation.environment ?? {})),
      profiles: values.profile ?? [],
      ...(values.file && { files: values.file }),
      ...(values["env-file"] && { envFiles: values["env-file"] }),
      ...(values["project-name"] !== undefined && { projectName: values["project-name"] }),
      ...(values["project-directory"] !== undefined && {
        projectDirectory: values["project-directory"],
      }),
    },
  ).project();
  const errors = refusalsOf(project).map((finding) => fullMessage(finding, ""));
  const part = JSON.parse(JSON.stringify(projectJson(project))) as NetworkPart;
  return { part, errors };
}

function read(path: string): string | null {
  const isFile = existsSync(path) && !statSync(path).isDirectory();
  return isFile ? readFileSync(path, "utf8").replace(/^\uFEFF/, "") : null;
}
