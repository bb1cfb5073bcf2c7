import * as vscode from "vscode";
import { UserError } from "../workbench/presentError";
import type { CommandDeps } from "./deps";
import { findProgram } from "../inventory/program";
import { endpointOptions, shellArguments } from "./dockerProgram";
import { isRunning, tieOnEngine } from "./subject";

/** Opens a terminal with a shell in the container. The arguments never pass a shell of the host. */
export async function openShell(
  deps: Pick<CommandDeps, "inventory" | "view" | "configuration">,
  target?: unknown,
): Promise<void> {
  const subject = await tieOnEngine(deps, target, "Which container to open a shell in", isRunning);
  if (!subject) return;
  const { id, name, running } = subject.tie.container;
  if (!running) throw new UserError(`Container ${name} is not running: start it first.`);
  const docker = findProgram("docker");
  if (!docker) {
    throw new UserError(
      'A shell is opened with the docker command, and there is none in the PATH. Install it (on Debian and Ubuntu the package "docker-cli" or "docker.io").',
    );
  }
  const { state } = deps.inventory;
  const endpoint = state.kind === "connected" ? state.endpoint : "";
  const terminal = vscode.window.createTerminal({
    name,
    shellPath: docker,
    shellArgs: shellArguments(endpointOptions(deps.configuration.read(), endpoint), id),
    iconPath: new vscode.ThemeIcon("vm-running"),
    // Restoring it after a reload would run into a container that may be gone.
    isTransient: true,
  });
  terminal.show();
}
