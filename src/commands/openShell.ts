import * as vscode from "vscode";
import { UserError } from "../workbench/presentError";
import type { CommandDeps } from "./deps";
import { findProgram } from "../inventory/program";
import { endpointOptions, shellArguments } from "./dockerProgram";
import { connectedClient } from "./engine";
import { tieOf } from "./target";

/** Opens a terminal with a shell in the container. The arguments never pass a shell of the host. */
export async function openShell(
  { inventory, view, configuration }: Pick<CommandDeps, "inventory" | "view" | "configuration">,
  target?: unknown,
): Promise<void> {
  await connectedClient(inventory);
  const tie = await tieOf(target, view.roots, "Which container to open a shell in", (node) => {
    return node.container.running;
  });
  if (!tie) return;
  const { id, name, running } = tie.container;
  if (!running) throw new UserError(`Container ${name} is not running: start it first.`);
  const docker = findProgram("docker");
  if (!docker) {
    throw new UserError(
      'A shell is opened with the docker command, and there is none in the PATH. Install it (on Debian and Ubuntu the package "docker-cli" or "docker.io").',
    );
  }
  const { state } = inventory;
  const endpoint = state.kind === "connected" ? state.endpoint : "";
  const terminal = vscode.window.createTerminal({
    name,
    shellPath: docker,
    shellArgs: shellArguments(endpointOptions(configuration.read(), endpoint), id),
    iconPath: new vscode.ThemeIcon("vm-running"),
    // Restoring it after a reload would run into a container that may be gone.
    isTransient: true,
  });
  terminal.show();
}
