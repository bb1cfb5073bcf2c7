import * as vscode from "vscode";
import { type CommandId, commandIds } from "../ids";
import { type Disposable, DisposableStore } from "../workbench/disposables";
import { AttemptError } from "./attempt";
import { changeAddress } from "./changeAddress";
import { chooseEngine } from "./chooseEngine";
import { connectContainer } from "./connectContainer";
import { copyAddress } from "./copyAddress";
import { copyCommand } from "./copyCommand";
import { copyMac } from "./copyMac";
import type { CommandDeps } from "./deps";
import { disconnectContainer } from "./disconnectContainer";
import { exportFacts } from "./exportFacts";
import { freeAddress } from "./freeAddress";
import { hostAccess } from "./hostAccess";
import { inspect } from "./inspect";
import { openCompose } from "./openCompose";
import { openShell } from "./openShell";
import { openSshTerminal } from "./openSshTerminal";
import { pinAddress } from "./pinAddress";
import { readHost, stopReadingHost } from "./readHost";
import { recreateNetwork } from "./recreateNetwork";
import { refresh } from "./refresh";
import { removeContainer } from "./removeContainer";
import { removeNetwork } from "./removeNetwork";
import { renameNetwork } from "./renameNetwork";
import { runContainer } from "./runContainer";
import { showAddresses } from "./showAddresses";
import { showLog } from "./showLog";
import { solveProblem } from "./solveProblem";
import { stopContainer } from "./stopContainer";
import { clearFilter, filterTree, groupTree, showIgnored, sortTree } from "./treeShape";

/**
 * A command: `target` is a row of the tree, a name or nothing; `options` answers its questions (for
 * keybindings and tests). Whether they have the right shape is for each command to see.
 */
type Run = (deps: CommandDeps, target?: unknown, options?: never) => unknown;

/** Registered by the wizard and the editor. */
type Elsewhere = (typeof commandIds)[
  | "planNetwork"
  | "quickCreate"
  | "checkBeforeUp"
  | "showRule"
  | "turnRuleOff"
  | "showInTree"
  | "checkWorkspace"];

const commands: Readonly<Record<Exclude<CommandId, Elsewhere>, Run>> = {
  [commandIds.refresh]: refresh,
  [commandIds.inspect]: inspect,
  [commandIds.runContainer]: runContainer,
  [commandIds.connectContainer]: connectContainer,
  [commandIds.disconnectContainer]: disconnectContainer,
  [commandIds.showAddresses]: showAddresses,
  [commandIds.openShell]: openShell,
  [commandIds.stopContainer]: stopContainer,
  [commandIds.removeContainer]: removeContainer,
  [commandIds.removeNetwork]: removeNetwork,
  [commandIds.recreateNetwork]: recreateNetwork,
  [commandIds.renameNetwork]: renameNetwork,
  [commandIds.pinAddress]: pinAddress,
  [commandIds.changeAddress]: changeAddress,
  [commandIds.freeAddress]: freeAddress,
  [commandIds.copyAddress]: copyAddress,
  [commandIds.copyMac]: copyMac,
  [commandIds.copyCommand]: copyCommand,
  [commandIds.hostAccess]: hostAccess,
  [commandIds.solveProblem]: solveProblem,
  [commandIds.showIgnored]: showIgnored,
  [commandIds.filterTree]: filterTree,
  [commandIds.clearFilter]: clearFilter,
  [commandIds.groupTree]: groupTree,
  [commandIds.sortTree]: sortTree,
  [commandIds.openCompose]: openCompose,
  [commandIds.exportFacts]: exportFacts,
  [commandIds.chooseEngine]: chooseEngine,
  [commandIds.openSshTerminal]: openSshTerminal,
  [commandIds.readHost]: readHost,
  [commandIds.stopReadingHost]: stopReadingHost,
  [commandIds.showLog]: showLog,
};

/** Registers every command of this folder. Failures end in the presenter, never in a rejection. */
export function registerCommands(deps: CommandDeps): Disposable {
  const store = new DisposableStore();
  for (const [id, run] of Object.entries(commands)) {
    const handler = async (target?: unknown, options?: unknown): Promise<unknown> => {
      try {
        return await run(deps, target, options as never);
      } catch (error) {
        const isAttempt = error instanceof AttemptError;
        deps.errors.present(
          isAttempt ? error.attempt : `run ${id}`,
          isAttempt ? error.cause : error,
        );
        return undefined;
      }
    };
    store.add(vscode.commands.registerCommand(id, handler));
  }
  return store;
}
