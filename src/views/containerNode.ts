/** How a container on a network looks in the tree. PURE. */
import { type Address, containsAddress, formatAddress, parsePrefix } from "../model/cidr";
import type { ContainerNode } from "./nodes";
import type { Problem } from "./problem";
import type { Tie } from "./tie";

export function containerNode(tie: Tie, problems: readonly Problem[]): ContainerNode {
  const { container, attachment, network } = tie;
  const state = container.running ? (container.state ?? "running") : (container.state ?? "stopped");
  const addresses = [attachment.ipv4, attachment.ipv6].filter((text) => text !== undefined);
  const claims = !container.running && addresses.length > 0;
  // A problem comes first: a narrow side bar cuts the end off.
  const parts = [
    ...problems.map(({ short }) => short),
    ...addresses,
    ...(attachment.mac ? [attachment.mac] : []),
    ...(state === "running" ? [] : [state]),
  ];
  return {
    kind: "container",
    id: `container:${tie.key}`,
    label: container.name,
    description: parts.join(" · "),
    icon:
      problems.length > 0
        ? { id: "warning", color: "list.warningForeground" }
        : container.running
          ? { id: "vm-running", color: "charts.green" }
          : { id: "vm-outline" },
    tags: [
      "container",
      container.running ? "running" : "stopped",
      ...(addresses.length > 0 ? ["hasAddress"] : []),
      ...(attachment.static ? ["fixed"] : []),
      ...(attachment.mac ? ["hasMac"] : []),
      ...(container.composeFiles ? ["compose"] : []),
      ...(problems.length > 0 ? ["problem"] : []),
    ],
    tooltip: {
      title: `Container ${container.name}`,
      problems,
      rows: rowsOf(tie, state),
      notes: container.running ? [] : notesOfStopped(tie),
    },
    spoken: [
      `Container ${container.name}`,
      state,
      ...addresses.map((text) => `address ${text}${claims ? " claimed" : ""}`),
      ...(attachment.mac ? [`MAC ${attachment.mac}`] : []),
      ...problems.map(({ text }) => text),
    ].join(", "),
    problems,
    container,
    attachment,
    network,
    children: [],
  };
}

/** What a stopped container will want when it starts. */
function notesOfStopped(tie: Tie): string[] {
  if (tie.addresses.length === 0) {
    return ["Stopped: it claims no address, and gets a free one when it starts."];
  }
  const notes = [
    "Stopped: the engine does not hold the address for it. It will ask for it again when it starts.",
  ];
  const inReach = tie.addresses.find((address) => isHandedOut(tie, address));
  if (inReach) {
    notes.push(
      `Meanwhile the engine may give ${formatAddress(inReach)} to another container: it is in the range that it hands out.`,
    );
  }
  return notes;
}

function isHandedOut({ network }: Tie, address: Address): boolean {
  return (network.ipam ?? []).some(({ subnet, ipRange }) => {
    const prefix = parsePrefix(ipRange ?? subnet ?? "");
    return prefix?.family === address.family && containsAddress(prefix, address);
  });
}

function rowsOf({ container, attachment, network }: Tie, state: string): [string, string][] {
  const rows: [string, string][] = [
    ["State", state],
    ["Network", network.name],
  ];
  const chosen = attachment.static ? "fixed" : "given by the engine";
  if (attachment.ipv4) rows.push(["IPv4", `${attachment.ipv4} (${chosen})`]);
  if (attachment.ipv6) rows.push(["IPv6", `${attachment.ipv6} (${chosen})`]);
  if (attachment.mac) rows.push(["MAC", attachment.mac]);
  if (container.image) rows.push(["Image", container.image]);
  if (container.project) {
    rows.push(["Compose", [container.project, container.service].filter(Boolean).join(" / ")]);
  }
  if (container.composeFiles) rows.push(["Compose file", container.composeFiles.join(", ")]);
  rows.push(["Id", container.id.slice(0, 12)]);
  return rows;
}
