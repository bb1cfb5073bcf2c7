/** States of the connection and their sentences for a screen; pure. */
import type { Endpoint } from "../docker/dockerHost";
import type { EngineError, EngineInfo } from "../docker/engineClient";
import type { EngineState } from "./inventory";

export const untrusted: EngineState = {
  kind: "untrusted",
  detail: "The Docker engine is not contacted before you trust this folder.",
};

export const connecting: EngineState = {
  kind: "connecting",
  detail: "Connecting to the Docker engine.",
};

/** `local`: the engine runs on this machine, whose interfaces can be read. */
export function connected(info: EngineInfo, endpoint: Endpoint, local: boolean): EngineState {
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
    local,
  };
}

/** The state after an attempt failed, or after the engine went away. */
export function failed(error: EngineError, endpoint: Endpoint): EngineState {
  const { label, source } = endpoint;
  const why = source === "default" ? "" : ` (${source})`;
  switch (error.kind) {
    case "absent":
      return {
        kind: "absent",
        detail: `No Docker engine answers at ${label}${why}. Start it, or choose another one in the settings.`,
        endpoint: label,
      };
    case "denied":
      return {
        kind: "denied",
        detail:
          endpoint.kind === "unix"
            ? `This user may not open ${label}${why}. Add the user to the group docker and log in again.`
            : error.message,
        endpoint: label,
      };
    case "unreachable":
    case "conflict":
    case "inUse":
    case "notFound":
    case "rejected":
      return { kind: "unreachable", detail: error.message, endpoint: label };
  }
}
