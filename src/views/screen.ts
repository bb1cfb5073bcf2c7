/** What stands around the tree: message, description, badge and context keys. PURE. */
import type { EngineState } from "../inventory/inventory";
import type { Facts } from "../model/facts";
import { isLanDriver } from "../model/network";
import { type Badge, type ProblemOfRow, badgeOf } from "./badge";
import type { TreeNode } from "./nodes";
import type { TreeShape } from "./shape";
import { shown } from "./text";

export interface Screen {
  /** Above the tree. Absent when the tree is empty: VS Code hides the welcome text behind a message. */
  readonly message: string | undefined;
  /** Beside the view's title: which engine this is. */
  readonly description: string | undefined;
  readonly badge: Badge | undefined;
  readonly hasNetworks: boolean;
}

/** What is in the tree beside the roots. */
export interface Content {
  readonly roots: readonly TreeNode[];
  /** Of all rows, those that the filter hides included. */
  readonly problems: readonly ProblemOfRow[];
  readonly shape: TreeShape;
}

export function screenOf(state: EngineState, facts: Facts, content: Content): Screen {
  const { roots, problems, shape } = content;
  const hasNetworks = facts.networks?.some((network) => isLanDriver(network.driver)) === true;
  const isFiltered = shape.filter !== "" && state.kind === "connected";
  return {
    message:
      roots.length > 0 || isFiltered ? messageOf(state, hasNetworks, shape, roots) : undefined,
    description: descriptionOf(state),
    badge: badgeOf(problems),
    hasNetworks,
  };
}

function messageOf(
  state: EngineState,
  hasNetworks: boolean,
  { filter }: TreeShape,
  roots: readonly TreeNode[],
): string | undefined {
  if (filter !== "") {
    return roots.length > 0
      ? `Filtered: "${shown(filter)}".`
      : `Nothing matches "${shown(filter)}". The filter is in the title of this view.`;
  }
  switch (state.kind === "connected" ? state.platform : "linux") {
    case "desktop":
      return "Docker Desktop runs its engine in a virtual machine: these networks do not reach your LAN.";
    case "rootless":
      return "A rootless engine has no access to the host's interfaces: these networks do not reach your LAN.";
    case "wsl2":
      return "This engine runs in the virtual machine of WSL 2: these networks do not reach your LAN unless WSL's networking is bridged.";
    case "linux":
    case "windows":
  }
  return hasNetworks ? undefined : "No macvlan or ipvlan network yet. Plan one with + above.";
}

/** A local engine needs no name; a remote one is a different LAN, so it is named. */
function descriptionOf(state: EngineState): string | undefined {
  switch (state.kind) {
    case "connected":
      return state.local
        ? `Docker ${state.info.version}`
        : `Docker ${state.info.version} on ${hostOf(state.endpoint)}`;
    case "connecting":
      return "connecting...";
    case "absent":
    case "denied":
    case "unreachable":
    case "unsupported":
      return state.endpoint;
    case "untrusted":
      return undefined;
  }
}

/** `tcp://nas:2376` and `ssh://me@nas` name the host nas; user names are not shown. */
export function hostOf(endpoint: string): string {
  const authority = /^[a-z]+:\/\/([^/]*)/.exec(endpoint)?.[1] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d+$/, "");
  return host === "" ? endpoint : host;
}
