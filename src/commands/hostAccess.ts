import * as vscode from "vscode";
import type { EngineState } from "../inventory/inventory";
import { planHostAccess } from "../hostAccess/access";
import { setUpCommands } from "../hostAccess/commands";
import { type AccessForm, accessForms, formText } from "../hostAccess/forms";
import { UserError } from "../workbench/presentError";
import { attempt } from "./attempt";
import { confirm } from "./confirm";
import type { CommandDeps } from "./deps";
import { runProgram } from "./runProgram";
import { networkOnEngine } from "./subject";

/** Answers for keybindings and tests: the form, and whether to put it in force at once. */
export interface HostAccessOptions {
  readonly form?: AccessForm["id"];
  readonly run?: boolean;
}

/**
 * Generates what lets the host reach the containers of a network, shows it, and on a local engine,
 * as root, runs its commands if the user says so.
 */
export async function hostAccess(
  deps: Pick<CommandDeps, "inventory" | "documents">,
  target?: unknown,
  options?: HostAccessOptions,
): Promise<void> {
  const subject = await networkOnEngine(deps, target, "Which network the host should reach");
  if (!subject) return;
  const { network, facts } = subject;
  const { inventory, documents } = deps;
  const plan = planHostAccess(network, facts);
  if (plan.kind === "impossible") throw new UserError(plan.reason);
  const { access } = plan;
  const form = await pickForm(accessForms(access), options?.form);
  if (!form) return;
  await documents.open(["network", `${network.name} ${form.id}.sh`], formText(access, form));
  if (form.id !== "commands" || !mayRun(inventory.state)) return;
  const commands = setUpCommands(access);
  const isSure =
    options?.run ??
    (await confirm(
      `Run these commands on this machine now?`,
      `${commands.map((argv) => argv.join(" ")).join("\n")}\n\nTo undo: ip link del ${access.device}`,
      "Run as Root",
    ));
  if (!isSure) return;
  await attempt(`let the host reach ${network.name}`, () => runAll(commands, access.device));
  await inventory.refresh();
}

async function pickForm(
  forms: readonly AccessForm[],
  wanted: AccessForm["id"] | undefined,
): Promise<AccessForm | undefined> {
  if (wanted) return forms.find(({ id }) => id === wanted);
  const items = forms.map((form) => ({
    label: form.label,
    description: form.lasting ? "stays after a restart" : "",
    form,
  }));
  const placeHolder = "How the host is set up";
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.form;
}

/** Only where the engine's host is this machine, and nobody has to be asked for a password. */
function mayRun(state: EngineState): boolean {
  return (
    state.kind === "connected" &&
    state.local &&
    process.platform === "linux" &&
    process.getuid?.() === 0
  );
}

/** Stops at the first failure and takes away what the commands before it made. */
async function runAll(commands: readonly (readonly string[])[], device: string): Promise<void> {
  let made = false;
  try {
    for (const argv of commands) {
      await runProgram(argv);
      made = true;
    }
  } catch (error) {
    if (made) await runProgram(["ip", "link", "del", device]).catch(() => undefined);
    throw error;
  }
}
