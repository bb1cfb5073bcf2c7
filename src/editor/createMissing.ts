import * as vscode from "vscode";
import { commandIds } from "../ids";
import type { Finding } from "../rules/rule";
import type { Analysed } from "./analyses";

/** For an external network that the engine does not have: the wizard, with its name; else undefined. */
export function createMissing(
  { state, analysis }: Analysed,
  { rule, place }: Finding,
): vscode.CodeAction | undefined {
  if (rule !== "external-network-missing") return undefined;
  const { networks } = state.context(analysis.surroundings);
  const network = networks.find(({ declaration }) => {
    const named = declaration?.name?.place ?? declaration?.keyPlace;
    return named?.path === place.path && named.from === place.from;
  });
  const name = network?.realName;
  if (name === undefined) return undefined;
  const title = `Create the network ${name}...`;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: commandIds.planNetwork, arguments: [{ name }] };
  return action;
}
