/** The engine in one item of the status bar. PURE. */
import type { EngineState, HostState } from "../inventory/inventory";
import { hostOf } from "./screen";
import { type ScreenId, screenIdOf } from "./screenId";

export interface StatusText {
  readonly text: string;
  /** Plain text: names in it were chosen by others. */
  readonly tooltip: string;
  /** For screen readers. */
  readonly spoken: string;
}

/** A few words for each state; undefined: the item names the engine itself. */
const short: Readonly<Record<ScreenId, readonly [icon: string, words: string] | undefined>> = {
  connected: undefined,
  desktop: undefined,
  wsl2: undefined,
  rootless: undefined,
  connecting: ["sync~spin", "connecting"],
  untrusted: ["workspace-untrusted", "not contacted"],
  absent: ["debug-disconnect", "no engine"],
  badEndpoint: ["debug-disconnect", "no such engine"],
  denied: ["lock", "no permission"],
  tls: ["lock", "TLS refused"],
  sshUnknownKey: ["lock", "unknown host key"],
  sshChangedKey: ["lock", "host key changed"],
  sshLogin: ["lock", "ssh login refused"],
  sshProgram: ["debug-disconnect", "no ssh command"],
  remoteDocker: ["debug-disconnect", "no docker command there"],
  unreachable: ["debug-disconnect", "no answer"],
  unsupported: ["circle-slash", "not supported"],
  apiTooOld: ["circle-slash", "too old"],
};

export function statusOf(state: EngineState): StatusText {
  const about = short[screenIdOf(state)];
  if (state.kind !== "connected" || about) {
    const [icon, words] = about ?? ["server-environment", ""];
    const endpoint = "endpoint" in state && state.endpoint ? `\n${state.endpoint}` : "";
    return {
      text: `$(${icon}) Docker: ${words}`,
      tooltip: `${state.detail}${endpoint}\nSelect to choose another engine.`,
      spoken: `Docker engine: ${words}`,
    };
  }
  const { info, endpoint, source, local } = state;
  const name = `Docker ${info.version}${local ? "" : ` on ${hostOf(endpoint)}`}`;
  const rows = [
    `${state.detail} API ${info.apiVersion}.`,
    `Host: ${info.hostName}${local ? " (this machine)" : ""}`,
    `${endpoint}, ${source === "default" ? "the usual one" : `by ${source}`}`,
    ...hostLines[state.host.way],
    ...(state.host.trouble ? [`It could not be read: ${state.host.trouble.message}`] : []),
    ...(state.platform === "linux" ? [] : [`Platform: ${platformNames[state.platform]}`]),
    "Select to choose another engine.",
  ];
  return {
    text: `$(server-environment) ${name}`,
    tooltip: rows.join("\n"),
    spoken: `Engine in use: ${name}`,
  };
}

/** What is to be said of how the host's interfaces are known. */
const hostLines: Readonly<Record<HostState["way"], readonly string[]>> = {
  local: [],
  none: [],
  login: ["Its interfaces are read over ssh."],
  container: ["Its interfaces are read with a container."],
  askable: ["Its interfaces are not known."],
};

const platformNames = {
  desktop: "Docker Desktop, no way to your LAN",
  wsl2: "WSL 2, no way to your LAN",
  rootless: "rootless, no way to your LAN",
  windows: "Windows containers",
} as const;
