import * as vscode from "vscode";
import { type Holder, holdersOf } from "../changes/holders";
import { planDisconnection, planReaddress } from "../changes/tie";
import { type Address, formatAddress, parseAddress } from "../model/cidr";
import type { EngineNetwork } from "../model/network";
import { UserError } from "../workbench/presentError";
import { carryOut, situationNow } from "./carryOut";
import { askNewAddress } from "./changeAddress";
import { addressFields } from "./containerChecks";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { isTreeNode } from "./target";

export interface FreeAddressOptions {
  /** Another address for the container, or `disconnect`: it leaves the network. */
  readonly to: string;
  /** Name of the container, where several have the address. */
  readonly container?: string;
  readonly confirmed?: boolean;
}

/**
 * Finds who has an address, running or stopped, and gives that container another one or takes it off
 * the network. `target`: an address, or the row of a container.
 */
export async function freeAddress(
  deps: Pick<CommandDeps, "inventory" | "documents" | "log">,
  target?: unknown,
  options?: FreeAddressOptions,
): Promise<void> {
  const client = await connectedClient(deps.inventory);
  const address = await addressOf(target);
  if (!address) return;
  const text = formatAddress(address);
  const holder = await holderOf(text, holdersOf(address, deps.inventory.facts), options);
  if (!holder) return;
  const to = options?.to ?? (await askFate(deps, text, holder));
  if (!to) return;
  const situation = await situationNow(deps, client, holder.network);
  const isMove = to !== "disconnect";
  const plan = isMove
    ? planReaddress(situation, holder.container.id, addressFields(to))
    : planDisconnection(situation, holder.container.id);
  await carryOut(deps, client, plan, {
    action: isMove ? "Change" : "Disconnect",
    confirmed: options?.confirmed,
  });

  async function holderOf(
    wanted: string,
    holders: readonly Holder[],
    choice: FreeAddressOptions | undefined,
  ): Promise<Movable | undefined> {
    if (holders.length === 0) {
      throw new UserError(`Nothing that is known has ${wanted}: it is free.`);
    }
    const movable = holders.flatMap((one) => asMovable(one, deps.inventory.facts.networks ?? []));
    if (movable.length === 0) {
      const who = holders.map((one) => one.text).join(", and to ");
      throw new UserError(`${wanted} belongs to ${who}. No container can be moved away from it.`);
    }
    if (choice) {
      const { container } = choice;
      return movable.find((one) => container === undefined || one.container.name === container);
    }
    if (movable.length === 1) return movable[0];
    const items = movable.map((one) => ({ label: one.container.name, description: one.text, one }));
    const placeHolder = `Several have ${wanted}: which one is to give it up`;
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.one;
  }
}

interface Movable {
  readonly container: NonNullable<Holder["container"]>;
  readonly network: EngineNetwork;
  readonly text: string;
}

function asMovable(
  { container, network: name, text }: Holder,
  networks: readonly EngineNetwork[],
): Movable[] {
  const network = networks.find((one) => one.name === name);
  return container && network ? [{ container, network, text }] : [];
}

async function addressOf(target: unknown): Promise<Address | undefined> {
  if (isTreeNode(target) && target.kind === "container") {
    const text = target.attachment.ipv4 ?? target.attachment.ipv6;
    const address = text === undefined ? undefined : parseAddress(text);
    if (!address) throw new UserError(`Container ${target.container.name} has no address now.`);
    return address;
  }
  const text =
    typeof target === "string"
      ? target
      : await vscode.window.showInputBox({
          title: "Free an address",
          prompt: "The address that somebody is to give up",
          placeHolder: "192.168.1.20",
          ignoreFocusOut: true,
          validateInput: (value) =>
            parseAddress(value.trim()) ? undefined : "Write an IPv4 or IPv6 address.",
        });
  if (text === undefined) return undefined;
  const address = parseAddress(text.trim());
  if (!address) throw new UserError(`"${text}" is no IP address.`);
  return address;
}

async function askFate(
  deps: Pick<CommandDeps, "inventory">,
  address: string,
  { container, network, text }: Movable,
): Promise<string | undefined> {
  const move = "Give it another address";
  const disconnect = `Disconnect it from ${network.name}`;
  const picked = await vscode.window.showQuickPick([move, disconnect], {
    placeHolder: `${address} belongs to ${text}`,
  });
  if (picked === undefined) return undefined;
  return picked === move ? askNewAddress(deps, { container, network }, address) : "disconnect";
}
