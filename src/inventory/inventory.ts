/** What is known now of the engine and its host, kept current; says when it changed. */
import type { DockerContext } from "../docker/contexts";
import type { EngineClient, EngineErrorReason, EngineInfo } from "../docker/engineClient";
import type { Platform } from "../host/platform";
import type { Facts, LanPlan } from "../model/facts";
import type { HostTrouble } from "./containerHost";
import type { Disposable } from "./emitter";

/** `badEndpoint`: the host, context or certificates that were chosen cannot be used. */
export type BrokenReason = EngineErrorReason | "badEndpoint";

/** Why there is no connection. */
interface Broken {
  readonly detail: string;
  readonly endpoint?: string;
  /** Where it is known more closely than the kind says. */
  readonly reason?: BrokenReason;
  /** The words for `ssh` that log in to the engine's host, where that is how it is reached. */
  readonly login?: readonly string[];
}

/**
 * Where things stand with the engine; each kind but `connected` is a screen. `detail` is one or two
 * plain sentences for it: what happened and, where it is known, the way out.
 */
export type EngineState =
  | { readonly kind: "untrusted"; readonly detail: string }
  | { readonly kind: "connecting"; readonly detail: string; readonly endpoint?: string }
  | {
      readonly kind: "connected";
      readonly detail: string;
      readonly info: EngineInfo;
      /** `unix:///var/run/docker.sock`. */
      readonly endpoint: string;
      /** The engine runs on this machine, so its interfaces can be read. */
      readonly local: boolean;
      /** Who chose it: `DOCKER_HOST`, `context lab`, `default` ... */
      readonly source: string;
      readonly platform: Platform;
      readonly host: HostState;
    }
  | ({ readonly kind: "absent" } & Broken)
  | ({ readonly kind: "denied" } & Broken)
  | ({ readonly kind: "unreachable" } & Broken)
  | ({ readonly kind: "unsupported" } & Broken);

/**
 * How the interfaces of the engine's host are read:
 * - `local`: it is this machine; `login`: over ssh
 * - `container`: with a container that runs for a moment on the host's network
 * - `askable`: that would do, and the user has not agreed to it
 * - `none`: the engine is in a machine of its own, and these would not be the host's
 */
export interface HostState {
  /** Names the host, for the user's consent. */
  readonly id: string;
  readonly way: "local" | "login" | "container" | "askable" | "none";
  /** Why the latest container told nothing. */
  readonly trouble?: HostTrouble;
}

/** Which engine, as the settings say; absent or empty means: as the docker command would choose. */
export interface EndpointOptions {
  /** Setting `macvlan.dockerHost`: `unix:///run/docker.sock`, `tcp://host:2376`. */
  readonly dockerHost?: string;
  /** Setting `macvlan.dockerContext`. */
  readonly dockerContext?: string;
}

export interface Inventory {
  readonly state: EngineState;
  /** Only what is known now: without a connection nothing but the LAN plan. The same object until it changes. */
  readonly facts: Facts;
  /** The client of the connected engine; commands use it. */
  readonly client: EngineClient | undefined;
  /** The Docker contexts of this machine, to choose from; none in a workspace that is not trusted. */
  contexts(): Promise<readonly DockerContext[]>;
  /** Called after `state` or `facts` changed, never when a refresh brought nothing new. */
  onDidChange(listener: () => void): Disposable;
  /**
   * Somebody looks, until it is disposed: everything is kept current. The first one begins to connect,
   * unless the workspace is not trusted; then setTrusted does. While nobody looks, the engine is asked
   * nothing. `ms`: ends by itself after so many milliseconds.
   */
  watch(ms?: number): Disposable;
  /** Resolves when what is known is current, or there is no connection. Never rejects. */
  current(): Promise<void>;
  /** Reads everything anew, at once; retries the connection when there is none. Never rejects. */
  refresh(): Promise<void>;
  setTrusted(trusted: boolean): void;
  /** Connects anew when the options differ from those in force. */
  setEndpoint(options: EndpointOptions): void;
  /** Hosts (`HostState.id`) that may be read with a container; of no others is one made. */
  setHostConsents(ids: ReadonlySet<string>): void;
  /** The `lan` part of the facts: setting `macvlan.lan`. */
  setLan(lan: readonly LanPlan[]): void;
  dispose(): void;
}
