import * as vscode from "vscode";
import { type Grouping, type Order, groupings, orders } from "../views/shape";
import type { CommandDeps } from "./deps";

type Deps = Pick<CommandDeps, "view">;

/** Shows the rows that hold the words while they are typed; Escape brings back the filter before. */
export function filterTree({ view }: Deps, target?: unknown): void {
  if (typeof target === "string") {
    view.setShape({ filter: target });
    return;
  }
  const before = view.shape.filter;
  const input = vscode.window.createInputBox();
  input.title = "Filter Networks";
  input.placeholder = "Name, address, MAC or project; also @problems, @running, @stopped";
  input.value = before;
  let isAccepted = false;
  input.onDidChangeValue((filter) => {
    view.setShape({ filter });
  });
  input.onDidAccept(() => {
    isAccepted = true;
    input.hide();
  });
  input.onDidHide(() => {
    if (!isAccepted) view.setShape({ filter: before });
    input.dispose();
  });
  input.show();
}

export function clearFilter({ view }: Deps): void {
  view.setShape({ filter: "" });
}

const groupingTexts: Readonly<Record<Grouping, [label: string, detail: string]>> = {
  parent: ["By parent interface", "Interfaces of the host, and the networks on each"],
  project: ["By Compose project", "The project that made a network"],
  none: ["Not at all", "Networks only, each with its parent"],
};

/** `target`: `parent`, `project` or `none`. */
export async function groupTree({ view }: Deps, target?: unknown): Promise<void> {
  const grouping =
    groupings.find((known) => known === target) ??
    (await pick("Group networks", groupings, groupingTexts, view.shape.grouping));
  if (grouping) view.setShape({ grouping });
}

const orderTexts: Readonly<Record<Order, [label: string, detail: string]>> = {
  name: ["By name", "Numbers in names by their value"],
  address: ["By address", "Networks by subnet, containers by address"],
  problems: ["Problems first", "Then by name"],
};

/** `target`: `name`, `address` or `problems`. */
export async function sortTree({ view }: Deps, target?: unknown): Promise<void> {
  const order =
    orders.find((known) => known === target) ??
    (await pick("Sort networks and containers", orders, orderTexts, view.shape.order));
  if (order) view.setShape({ order });
}

export function showIgnored({ view }: Deps): void {
  view.setShape({ ignored: new Set() });
}

async function pick<T extends string>(
  title: string,
  values: readonly T[],
  texts: Readonly<Record<T, [label: string, detail: string]>>,
  now: T,
): Promise<T | undefined> {
  const items = values.map((value) => {
    const [label, detail] = texts[value];
    return { label, detail, description: value === now ? "as it is" : "", value };
  });
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}
