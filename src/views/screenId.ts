/** Which screen stands in the place of the tree; package.json has the text of each. PURE. */
import type { EngineState } from "../inventory/inventory";

type Reason = NonNullable<Extract<EngineState, { reason?: unknown }>["reason"]>;
type Platform = Extract<EngineState, { kind: "connected" }>["platform"];

/** Value of the context key `macvlan.engineState`. */
export type ScreenId = EngineState["kind"] | Reason | Exclude<Platform, "linux" | "windows">;

/** All of them: one that is missing here, or is no screen any more, does not compile. */
export const screenIds: Readonly<Record<ScreenId, true>> = {
  untrusted: true,
  connecting: true,
  absent: true,
  badEndpoint: true,
  denied: true,
  tls: true,
  sshUnknownKey: true,
  sshChangedKey: true,
  sshLogin: true,
  sshProgram: true,
  remoteDocker: true,
  unreachable: true,
  unsupported: true,
  apiTooOld: true,
  connected: true,
  desktop: true,
  wsl2: true,
  rootless: true,
};

export function screenIdOf(state: EngineState): ScreenId {
  switch (state.kind) {
    case "untrusted":
    case "connecting":
      return state.kind;
    case "connected":
      return state.platform === "linux" || state.platform === "windows"
        ? "connected"
        : state.platform;
    case "absent":
    case "denied":
    case "unreachable":
    case "unsupported":
      return state.reason ?? state.kind;
  }
}
