/** How a macvlan or ipvlan network looks in the tree. PURE. */
import type { HostReach } from "../hostAccess/reach";
import { formatPrefix } from "../model/cidr";
import { type EngineNetwork, isLanDriver } from "../model/network";
import type { NetworkNode } from "./nodes";
import type { PoolCounts } from "./poolCounts";
import type { Problem } from "./problem";
import { parentOf } from "./tie";
import type { World } from "./world";

/** Whether a network has a row: macvlan and ipvlan networks, and templates that name a parent for them. */
export function isShownNetwork({ driver, configOnly, parent }: EngineNetwork): boolean {
  return isLanDriver(driver) || (configOnly === true && parent !== undefined);
}

export interface NetworkFacts {
  readonly counts: readonly PoolCounts[];
  readonly problems: readonly Problem[];
  readonly reach: HostReach;
  /** How many containers are on it. */
  readonly containers: number;
  /** Whether the row must name the parent: it does not stand below it. */
  readonly namesParent: boolean;
}

/** The row, without its children. */
export function networkNode(
  network: EngineNetwork,
  { counts, problems, reach, containers, namesParent }: NetworkFacts,
  { hosts }: World,
): NetworkNode {
  const parent = parentOf(network);
  const isMissing = parent !== undefined && hosts !== undefined && !hosts.has(parent);
  const warns = problems.some(({ level }) => level === "warning");
  const shorts = problems.filter(({ level }) => warns || level === "information");
  const parts = [
    ...(warns ? shorts.map(({ short }) => short) : []),
    kindOf(network),
    ...(namesParent ? [parent === undefined ? "no parent" : `on ${parent}`] : []),
    ...(network.internal ? ["internal"] : []),
    ...poolTexts(counts),
    // What one may not want to change stands behind what the network is.
    ...(warns ? [] : shorts.map(({ short }) => short)),
  ];
  return {
    kind: "network",
    id: `network:${network.id}`,
    label: network.name,
    description: parts.join(" · "),
    icon: iconOf(network, warns),
    tags: [
      network.configOnly ? "template" : "network",
      network.driver,
      ...(isMissing ? ["parentMissing"] : []),
      ...(containers > 0 ? ["hasContainers"] : []),
      ...(network.project ? ["compose"] : []),
      ...(problems.length > 0 ? ["problem"] : []),
    ],
    tooltip: {
      title: `Network ${network.name}`,
      problems,
      rows: rowsOf(network, counts, reach),
      notes: notesOf(network),
    },
    spoken: [
      `Network ${network.name}`,
      kindOf(network),
      ...(isMissing ? [`parent ${parent} missing`] : []),
      ...counts.map((pool) => `subnet ${formatPrefix(pool.subnet)}, ${countsOf(pool)}`),
      `${containers} ${containers === 1 ? "container" : "containers"}`,
      ...problems.map(({ text }) => text),
    ].join(", "),
    problems,
    network,
    children: [],
  };
}

function iconOf(network: EngineNetwork, warns: boolean): NetworkNode["icon"] {
  if (warns) return { id: "warning", color: "list.warningForeground" };
  if (network.configOnly) return { id: "symbol-structure" };
  return { id: network.internal ? "lock" : "type-hierarchy-sub" };
}

/** `macvlan bridge`, or what kind of thing of a swarm it is. */
function kindOf(network: EngineNetwork): string {
  const { driver, mode, configOnly, scope } = network;
  if (configOnly) return "template for swarm networks";
  const plain = `${driver} ${mode ?? (driver === "ipvlan" ? "l2" : "bridge")}`;
  return scope === "swarm" ? `swarm ${driver}` : plain;
}

function poolTexts(counts: readonly PoolCounts[]): string[] {
  const first = counts.find(({ subnet }) => subnet.family === 4) ?? counts[0];
  if (!first) return [];
  const more = counts.length > 1 ? ` +${counts.length - 1}` : "";
  return [
    `${formatPrefix(first.subnet)}${more}`,
    ...(first.range ? [`range ${formatPrefix(first.range)}`] : []),
    countsOf(first),
  ];
}

function countsOf({ used, free }: PoolCounts): string {
  return `${used} used, ${manyOf(free)} free`;
}

/** Beyond a million nobody counts: IPv6 subnets. */
function manyOf(count: bigint): string {
  return count > 1_000_000n ? "plenty" : String(count);
}

function rowsOf(
  network: EngineNetwork,
  counts: readonly PoolCounts[],
  reach: HostReach,
): [string, string][] {
  const rows: [string, string][] = [
    ["Driver", kindOf(network)],
    ["Parent", parentOf(network) ?? "none"],
  ];
  for (const pool of network.ipam ?? []) {
    if (pool.subnet) rows.push(["Subnet", pool.subnet]);
    if (pool.gateway) rows.push(["Gateway", pool.gateway]);
    if (pool.ipRange) rows.push(["ip_range", `${pool.ipRange} (what the engine hands out itself)`]);
    const excluded = Object.entries(pool.aux ?? {}).map(([name, text]) => `${name} ${text}`);
    if (excluded.length > 0) rows.push(["Excluded", excluded.join(", ")]);
  }
  for (const pool of counts) {
    const left = `${manyOf(pool.left)} left for the engine to hand out`;
    const source = pool.unseen === undefined ? "" : ", as it says itself";
    rows.push([formatPrefix(pool.subnet), `${countsOf(pool)}; ${left}${source}`]);
    if (pool.unseen) rows.push(["In use unseen", `${pool.unseen} that nothing listed here has`]);
  }
  if (network.internal) rows.push(["Internal", "no default route for its containers"]);
  rows.push(...reachRow(reach));
  if (network.project) rows.push(["Compose project", network.project]);
  if (network.configFrom) rows.push(["Settings of", network.configFrom]);
  rows.push(["Id", network.id.slice(0, 12)]);
  return rows;
}

/** Whether the host reaches its containers, as far as that is known. */
function reachRow(reach: HostReach): [string, string][] {
  switch (reach.kind) {
    case "unknown":
      return [];
    case "reached":
      return [
        ["From the host", reach.device === undefined ? "reached" : `reached over ${reach.device}`],
      ];
    case "cutOff":
      return [["From the host", reach.device === undefined ? "not reached" : "some not reached"]];
  }
}

function notesOf({ configOnly, scope }: EngineNetwork): string[] {
  if (configOnly) {
    return [
      "A template (--config-only): it keeps parent and addresses of this machine for swarm networks made with --config-from. No container can be on it.",
    ];
  }
  return scope === "swarm"
    ? [
        "A network of the swarm: each machine takes parent and addresses from a template of its own, when a service of the swarm runs there. Machines do not compare the addresses they give.",
      ]
    : [];
}
