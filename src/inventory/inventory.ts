/** What is known now of the engine and its host, kept current; says when it changed. */
import type { EngineClient, EngineInfo } from "../docker/engineClient";
import type { Facts, LanPlan } from "../model/facts";
import type { Disposable } from "./emitter";

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
    }
  | { readonly kind: "absent"; readonly detail: string; readonly endpoint?: string }
  | { readonly kind: "denied"; readonly detail: string; readonly endpoint?: string }
  | { readonly kind: "unreachable"; readonly detail: string; readonly endpoint?: string }
  | { readonly kind: "unsupported"; readonly detail: string; readonly endpoint?: string };

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
  /** The `lan` part of the facts: setting `macvlan.lan`. */
  setLan(lan: readonly LanPlan[]): void;
  dispose(): void;
}
