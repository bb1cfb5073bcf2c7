/** How the user wants the tree: what of it, in which order, under what. PURE. */
import type { ContainerNode, NetworkNode, NodeLook } from "./nodes";

export const groupings = ["parent", "project", "none"] as const;
export type Grouping = (typeof groupings)[number];
export const orders = ["name", "address", "problems"] as const;
export type Order = (typeof orders)[number];

export interface TreeShape {
  /** Words that a row or one above it must hold; `@problems`, `@running`, `@stopped`. Empty: everything. */
  readonly filter: string;
  readonly order: Order;
  readonly grouping: Grouping;
  /** Keys of problems that the user does not want to see. */
  readonly ignored: ReadonlySet<string>;
}

export const plainShape: TreeShape = {
  filter: "",
  order: "name",
  grouping: "parent",
  ignored: new Set(),
};

/** Says whether a row is to be seen, from its own text and that of the rows above it. */
export type Filter = (row: NodeLook, above: string) => boolean;

/** Undefined when everything is to be seen. */
export function filterOf({ filter }: TreeShape): Filter | undefined {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return undefined;
  const marks = words.filter((word) => word.startsWith("@"));
  const texts = words.filter((word) => !word.startsWith("@"));
  return (row, above) => {
    if (!marks.every((mark) => hasMark(row, mark))) return false;
    const text = `${above}\n${textOf(row)}`;
    return texts.every((word) => text.includes(word));
  };
}

/** What is looked through, in small letters. */
export function textOf({ label, description, tooltip }: NodeLook): string {
  const project = tooltip.rows.find(([name]) => name.startsWith("Compose"))?.[1] ?? "";
  return `${label}\n${description}\n${project}`.toLowerCase();
}

function hasMark(row: NodeLook, mark: string): boolean {
  if (mark === "@problems" || mark === "@problem") return row.problems.length > 0;
  return row.tags.includes(mark.slice(1));
}

const collator = new Intl.Collator("en", { numeric: true });

function byName(a: NodeLook, b: NodeLook): number {
  return collator.compare(a.label, b.label) || collator.compare(a.id, b.id);
}

/** In the order of names, numbers by value. */
export function sortedByName<T extends NodeLook>(nodes: readonly T[]): T[] {
  return [...nodes].sort(byName);
}

/** Compares rows of one level. */
export function comparing(order: Order): (a: NodeLook, b: NodeLook) => number {
  switch (order) {
    case "name":
      return byName;
    case "address":
      return (a, b) => collator.compare(addressOf(a), addressOf(b)) || byName(a, b);
    case "problems":
      return (a, b) => problemsIn(b) - problemsIn(a) || byName(a, b);
  }
}

/** Rows without an address come last. */
function addressOf(node: NodeLook & Partial<Pick<ContainerNode, "attachment">>): string {
  const { network } = node as Partial<NetworkNode>;
  const { attachment } = node;
  return (attachment ? (attachment.ipv4 ?? attachment.ipv6) : network?.ipam?.[0]?.subnet) ?? "~";
}

function problemsIn(node: NodeLook): number {
  const below = (node as { children?: readonly NodeLook[] }).children ?? [];
  return node.problems.length + below.reduce((sum, child) => sum + problemsIn(child), 0);
}
