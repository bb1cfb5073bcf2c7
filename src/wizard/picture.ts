/** The picture of a subnet as plain data: what the page draws, and the same as rows of a table. PURE. */
import {
  type AddressPlan,
  type AddressUse,
  type LayoutPart,
  addressUses,
  countAddresses,
  layoutOf,
} from "../model/addressPlan";
import { type Family, formatAddress, formatPrefix, prefixSize } from "../model/cidr";

/** Stretch of equal use. Addresses and counts are texts, because they travel as JSON. */
export interface PicturePart {
  readonly use: AddressUse;
  readonly first: string;
  readonly last: string;
  readonly count: string;
  readonly labels: readonly string[];
}

/** One square of the map: one address, or in a big subnet a block of them. */
export interface PictureCell {
  readonly use: AddressUse;
  readonly title: string;
}

export interface PictureRow {
  /** First address of the row. */
  readonly label: string;
  readonly cells: readonly PictureCell[];
}

export interface PoolPicture {
  readonly subnet: string;
  readonly total: string;
  readonly free: string;
  readonly perCell: string;
  readonly rows: readonly PictureRow[];
  readonly parts: readonly PicturePart[];
  /** Addresses by use, in the order of `addressUses`, uses without any left out. */
  readonly counts: readonly { readonly use: AddressUse; readonly count: string }[];
}

const columns = 32;
const maxCells = 256;
/** A table longer than this helps nobody; the map still shows all. */
const maxParts = 400;

/** In a block of many addresses the rare uses must not drown: the opposite of the plan's precedence for edges. */
const blockOrder: readonly AddressUse[] = [
  "gateway",
  "host",
  "claimed",
  "reserved",
  "neighbour",
  "dhcp",
  "dynamic",
  "network",
  "broadcast",
  "free",
];

export function pictureOf(plan: AddressPlan): PoolPicture {
  const layout = layoutOf(plan);
  const { total, free } = countAddresses(plan);
  const size = prefixSize(plan.subnet);
  const perCell = size > BigInt(maxCells) ? size / BigInt(maxCells) : 1n;
  const cells = cellsOf(layout, perCell, plan.subnet.family);
  const rows: PictureRow[] = [];
  for (let start = 0; start < cells.length; start += columns) {
    const row = cells.slice(start, start + columns);
    rows.push({ label: row[0]?.first ?? "", cells: row.map(({ use, title }) => ({ use, title })) });
  }
  return {
    subnet: formatPrefix(plan.subnet),
    total: String(total),
    free: String(free),
    perCell: String(perCell),
    rows,
    parts: layout.slice(0, maxParts).map(partOf),
    counts: addressUses.flatMap((use) => {
      const count = layout
        .filter((part) => part.use === use)
        .reduce((sum, { range }) => sum + range.last - range.first + 1n, 0n);
      return count === 0n ? [] : [{ use, count: String(count) }];
    }),
  };
}

function partOf({ use, range, labels }: LayoutPart): PicturePart {
  const { family, first, last } = range;
  return {
    use,
    first: formatAddress({ family, value: first }),
    last: formatAddress({ family, value: last }),
    count: String(last - first + 1n),
    labels: [...new Set(labels)].slice(0, 8),
  };
}

/** Walks cells and stretches side by side; both ascend. */
function cellsOf(
  layout: readonly LayoutPart[],
  perCell: bigint,
  family: Family,
): (PictureCell & { readonly first: string })[] {
  const cells: (PictureCell & { first: string })[] = [];
  const start = layout[0]?.range.first ?? 0n;
  const end = layout.at(-1)?.range.last ?? -1n;
  let index = 0;
  for (let first = start; first <= end; first += perCell) {
    const last = first + perCell - 1n;
    while ((layout[index]?.range.last ?? last) < first) index++;
    const here: LayoutPart[] = [];
    for (let i = index; i < layout.length && (layout[i]?.range.first ?? 0n) <= last; i++) {
      const part = layout[i];
      if (part) here.push(part);
    }
    const use = blockOrder.find((u) => here.some((part) => part.use === u)) ?? "free";
    const firstText = formatAddress({ family, value: first });
    cells.push({ use, first: firstText, title: titleOf(firstText, here, perCell) });
  }
  return cells;
}

function titleOf(first: string, parts: readonly LayoutPart[], perCell: bigint): string {
  const what = parts
    .slice(0, 4)
    .map(({ use, labels }) =>
      [useNames[use], ...new Set(labels)].filter((text) => text !== "").join(" "),
    );
  const more = parts.length > 4 ? `, and ${parts.length - 4} more` : "";
  const where = perCell === 1n ? first : `${perCell} addresses from ${first}`;
  return `${where}: ${what.join(", ")}${more}`;
}

/** Words of the legend and the table. */
export const useNames: Readonly<Record<AddressUse, string>> = {
  network: "Network address",
  broadcast: "Broadcast address",
  gateway: "Gateway",
  host: "Docker host",
  reserved: "Excluded",
  claimed: "Container",
  neighbour: "Other device",
  dhcp: "DHCP range",
  dynamic: "Docker's range (ip_range)",
  free: "Free",
};
