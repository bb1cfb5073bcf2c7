/** States of the connection and their sentences for a screen; pure. */
import type { Endpoint } from "../docker/dockerHost";
import type { EngineError, EngineInfo } from "../docker/engineClient";
import { sshAddress } from "../docker/sshTarget";
import { platformOf } from "../host/platform";
import type { EngineState, HostState } from "./inventory";

type BrokenKind = "absent" | "denied" | "unreachable" | "unsupported";

export const untrusted: EngineState = {
  kind: "untrusted",
  detail: "The Docker engine is not contacted before you trust this folder.",
};

export const connecting: EngineState = {
  kind: "connecting",
  detail: "Connecting to the Docker engine.",
};

/** `host`: how the interfaces of the engine's host are read. */
export function connected(info: EngineInfo, endpoint: Endpoint, host: HostState): EngineState {
  const { version, operatingSystem, os } = info;
  if (os === "windows") {
    return {
      kind: "unsupported",
      detail: `The engine at ${endpoint.label} runs Windows containers, and macvlan needs Linux. Switch Docker Desktop to Linux containers, or choose another engine.`,
      endpoint: endpoint.label,
    };
  }
  const on = operatingSystem === "" ? "" : ` on ${operatingSystem}`;
  return {
    kind: "connected",
    detail: `Docker Engine ${version}${on}.`,
    info,
    endpoint: endpoint.label,
    local: host.way === "local",
    source: endpoint.source,
    platform: platformOf(info),
    host,
  };
}

/** The state after an attempt failed, or after the engine went away. */
export function failed(error: EngineError, endpoint: Endpoint): EngineState {
  return {
    ...kindAndDetail(error, endpoint),
    endpoint: endpoint.label,
    ...(error.reason && { reason: error.reason }),
    ...(endpoint.kind === "ssh" && { login: sshAddress(endpoint.ssh) }),
  };
}

function kindAndDetail(
  error: EngineError,
  { kind, label, source }: Endpoint,
): { kind: BrokenKind; detail: string } {
  const why = source === "default" ? "" : ` (${source})`;
  // What is known more closely was put into words where it was found.
  const known = error.reason !== undefined || kind === "ssh";
  switch (error.kind) {
    case "absent":
      return {
        kind: "absent",
        detail: known
          ? error.message
          : `No Docker engine answers at ${label}${why}. Start it, or choose another one.`,
      };
    case "denied":
      return {
        kind: "denied",
        detail:
          kind === "unix"
            ? `This user may not open ${label}${why}. Add the user to the group docker and log in again, or run a rootless engine.`
            : error.message,
      };
    case "unreachable":
    case "conflict":
    case "inUse":
    case "notFound":
    case "rejected":
      return {
        kind: error.reason === "apiTooOld" ? "unsupported" : "unreachable",
        detail: error.message,
      };
  }
}
