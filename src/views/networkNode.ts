/** How a macvlan or ipvlan network looks in the tree. PURE. */
import { formatPrefix } from "../model/cidr";
import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import type { ContainerNode, NetworkNode } from "./nodes";
import { type PoolUse, poolUses } from "./poolUse";
import { parentOf } from "./problems";

export function networkNode(
  facts: Facts,
  network: EngineNetwork,
  children: readonly ContainerNode[],
  problems: readonly string[],
): NetworkNode {
  const uses = poolUses(facts, network);
  const first = uses.find((use) => use.subnet.family === 4) ?? uses[0];
  const parent = parentOf(network);
  const isMissing =
    parent !== undefined && facts.interfaces?.every((host) => host.name !== parent) === true;
  const parts = [driverAndMode(network)];
  if (network.internal) parts.push("internal");
  if (first) {
    const more = uses.length > 1 ? ` +${uses.length - 1}` : "";
    parts.push(`${formatPrefix(first.subnet)}${more}`);
    if (first.range) parts.push(`range ${formatPrefix(first.range)}`);
    parts.push(countsOf(first));
  }
  const missing = isMissing ? [`parent ${parent} missing`] : [];
  return {
    kind: "network",
    id: `network:${network.id}`,
    label: network.name,
    description: [...missing, ...parts].join(" · "),
    icon:
      problems.length > 0
        ? { id: "warning", color: "list.warningForeground" }
        : { id: network.internal ? "lock" : "type-hierarchy-sub" },
    tags: [
      "network",
      network.driver,
      ...(isMissing ? ["parentMissing"] : []),
      ...(children.length > 0 ? ["hasContainers"] : []),
    ],
    tooltip: { title: `Network ${network.name}`, rows: rowsOf(network, uses), notes: problems },
    spoken: [
      `Network ${network.name}`,
      driverAndMode(network),
      parent === undefined ? "no parent" : `parent ${parent}${isMissing ? " missing" : ""}`,
      ...(network.internal ? ["internal"] : []),
      ...uses.map((use) => `subnet ${formatPrefix(use.subnet)}, ${countsOf(use)}`),
      `${children.length} ${children.length === 1 ? "container" : "containers"}`,
      ...problems,
    ].join(", "),
    problems,
    network,
    children,
  };
}

function driverAndMode(network: EngineNetwork): string {
  return `${network.driver} ${network.mode ?? (network.driver === "ipvlan" ? "l2" : "bridge")}`;
}

/** Beyond a million nobody counts: IPv6 subnets. */
function countsOf({ used, free }: PoolUse): string {
  return `${used} used, ${free > 1_000_000n ? "plenty" : free} free`;
}

function rowsOf(network: EngineNetwork, uses: readonly PoolUse[]): [string, string][] {
  const rows: [string, string][] = [
    ["Driver", driverAndMode(network)],
    ["Parent", parentOf(network) ?? "none"],
  ];
  for (const pool of network.ipam ?? []) {
    if (pool.subnet) rows.push(["Subnet", pool.subnet]);
    if (pool.gateway) rows.push(["Gateway", pool.gateway]);
    if (pool.ipRange) rows.push(["ip_range", `${pool.ipRange} (what the engine hands out itself)`]);
    const excluded = Object.entries(pool.aux ?? {}).map(([name, text]) => `${name} ${text}`);
    if (excluded.length > 0) rows.push(["Excluded", excluded.join(", ")]);
  }
  for (const use of uses) rows.push([formatPrefix(use.subnet), countsOf(use)]);
  if (network.internal) rows.push(["Internal", "no default route for its containers"]);
  if (network.project) rows.push(["Compose project", network.project]);
  rows.push(["Id", network.id.slice(0, 12)]);
  return rows;
}
