/** What hovering over an address, a subnet or a range tells. PURE; the texts may hold names of others. */
import { type LayoutPart, type AddressUse, countAddresses, layoutOf } from "../model/addressPlan";
import {
  type Prefix,
  canonicalPrefix,
  containsAddress,
  familyBits,
  firstOf,
  formatAddress,
  formatPrefix,
  formatRange,
  lastOf,
  prefixSize,
} from "../model/cidr";
import type { PoolView, RuleContext } from "../rules/context";
import { planOfPool } from "../rules/free";
import type { ValueAt } from "./valueAt";

export interface HoverText {
  readonly title: string;
  /** Name and value, for a table. */
  readonly rows: readonly (readonly [string, string])[];
}

/** Holders that are listed; a full subnet has more than a hover can show. */
const maxHolders = 12;
const useNames: Readonly<Record<AddressUse, string>> = {
  network: "network address",
  broadcast: "broadcast address",
  gateway: "gateway",
  host: "host",
  reserved: "reserved",
  claimed: "claimed",
  neighbour: "on the LAN",
  dhcp: "DHCP range",
  dynamic: "dynamic range",
  free: "free",
};

export function hoverText(context: RuleContext, at: ValueAt): HoverText {
  switch (at.kind) {
    case "subnet":
      return subnetText(context, at.pool);
    case "range":
      return rangeText(context, at.pool);
    case "address":
      return addressText(context, at);
  }
}

function subnetText(context: RuleContext, pool: PoolView): HoverText {
  const plan = planOfPool(context, pool);
  const layout = layoutOf(plan);
  const { free } = countAddresses(plan);
  const rows = arithmetic(pool.subnet);
  if (pool.range) rows.push(["dynamic", `${formatPrefix(pool.range)} (ip_range)`]);
  const held = layout.filter(
    ({ use }) => !["network", "broadcast", "dynamic", "free"].includes(use),
  );
  rows.push(...held.slice(0, maxHolders).map(holderRow));
  if (held.length > maxHolders) rows.push(["…", `${held.length - maxHolders} more`]);
  const size = count(prefixSize(pool.subnet));
  return { title: `${formatPrefix(pool.subnet)}: ${size} addresses, ${count(free)} free`, rows };
}

function rangeText(context: RuleContext, pool: PoolView): HoverText {
  const range = pool.range ?? pool.subnet;
  const plan = planOfPool(context, pool);
  const inside = { subnet: canonicalPrefix(range), parts: plan.parts };
  const rows: [string, string][] = [
    ["from", formatAddress({ family: range.family, value: firstOf(range) })],
    ["to", formatAddress({ family: range.family, value: lastOf(range) })],
    ["subnet", `${formatPrefix(pool.subnet)} of network ${pool.network.key}`],
    ["for", "containers without a static address"],
  ];
  const free = count(countAddresses(inside).free);
  const title = `${formatPrefix(range)}: ${count(prefixSize(range))} addresses, ${free} free`;
  return { title, rows };
}

function addressText(context: RuleContext, at: ValueAt & { readonly kind: "address" }): HoverText {
  const { address } = at;
  const pools = context.networks
    .flatMap((network) => network.pools)
    .filter((pool) => containsAddress(pool.subnet, address));
  const rows: [string, string][] = pools.map((pool) => [
    "subnet",
    `${formatPrefix(pool.subnet)} of network ${pool.network.key}`,
  ]);
  const [pool] = pools;
  if (!pool) rows.push(["subnet", "in none of this file's subnets"]);
  const parts = pool ? planOfPool(context, pool).parts : [];
  const seen = new Set<string>();
  for (const { use, range, label } of parts) {
    if (range.first > address.value || range.last < address.value) continue;
    const text = label === undefined || label === useNames[use] ? "" : label;
    const key = `${use} ${text}`;
    if (!seen.has(key)) rows.push([useNames[use], text]);
    seen.add(key);
  }
  return { title: formatAddress(address), rows };
}

function arithmetic(subnet: Prefix): [string, string][] {
  const { family } = subnet;
  const [first, last] = [firstOf(subnet), lastOf(subnet)];
  const range = (from: bigint, to: bigint) => formatRange({ family, first: from, last: to });
  if (family === 6) return [["range", range(first, last)]];
  if (subnet.length >= familyBits(4) - 1) return [["hosts", range(first, last)]];
  return [
    ["network", formatAddress({ family, value: first })],
    ["hosts", range(first + 1n, last - 1n)],
    ["broadcast", formatAddress({ family, value: last })],
  ];
}

function holderRow({ use, range, labels }: LayoutPart): [string, string] {
  const names = [...new Set(labels)].filter((label) => label !== useNames[use]);
  const what = names.length === 0 ? useNames[use] : `${useNames[use]}: ${names.join(", ")}`;
  return [formatRange(range), what];
}

/** `65,536`; beyond what can be read at a glance, the power of two. */
function count(size: bigint): string {
  if (size < 10_000_000n) return size.toLocaleString("en-US");
  const bits = size.toString(2).length - 1;
  return size === 1n << BigInt(bits) ? `2^${bits}` : `about 2^${bits}`;
}
