/** How a container on a network looks in the tree. PURE. */
import type { Attachment, EngineContainer } from "../model/attachment";
import type { EngineNetwork } from "../model/network";
import type { ContainerNode } from "./nodes";
import { tieKey } from "./problems";

export function containerNode(
  container: EngineContainer,
  attachment: Attachment,
  network: EngineNetwork,
  problems: readonly string[],
): ContainerNode {
  const state = container.running ? (container.state ?? "running") : (container.state ?? "stopped");
  const addresses = [attachment.ipv4, attachment.ipv6].filter((text) => text !== undefined);
  const claims = !container.running && addresses.length > 0;
  // A conflict comes first: a narrow side bar cuts the end off.
  const parts = [
    ...(problems.length > 0 ? ["address conflict"] : []),
    ...addresses,
    ...(attachment.mac ? [attachment.mac] : []),
    ...(state === "running" ? [] : [state]),
  ];
  const notes = [...problems];
  if (claims) {
    notes.push(
      "Stopped: the engine does not hold the address for it. It will ask for it again when it starts.",
    );
  }
  return {
    kind: "container",
    id: `container:${tieKey(network, container)}`,
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
      ...(attachment.mac ? ["hasMac"] : []),
    ],
    tooltip: {
      title: `Container ${container.name}`,
      rows: rowsOf(container, attachment, network, state),
      notes,
    },
    spoken: [
      `Container ${container.name}`,
      state,
      ...addresses.map((text) => `address ${text}${claims ? " claimed" : ""}`),
      ...(attachment.mac ? [`MAC ${attachment.mac}`] : []),
      ...problems,
    ].join(", "),
    problems,
    container,
    attachment,
    network,
    children: [],
  };
}

function rowsOf(
  container: EngineContainer,
  attachment: Attachment,
  network: EngineNetwork,
  state: string,
): [string, string][] {
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
  rows.push(["Id", container.id.slice(0, 12)]);
  return rows;
}
