/** The engine as the rest of the extension sees it. Implemented by client.ts; nothing of dockerode shows. */
import type { EngineContainer } from "../model/attachment";
import type { ContainerDetails, EndpointSettings } from "../model/endpoint";
import type { EngineNetwork, NetworkSpec, PoolStatus } from "../model/network";
import type { NetworkDetails, NetworkSettings } from "../model/networkSettings";
import type { RunSpec } from "../model/runSpec";
import type { LocalImage } from "./hostContainer";

/**
 * - `absent`: nothing listens there (no socket, connection refused)
 * - `denied`: the socket or the certificate is not ours to use
 * - `unreachable`: no answer in time, or the connection broke
 * - `conflict`: the name or the address pool is taken, or the object is in a state that forbids it
 * - `inUse`: the network still has running containers
 * - `notFound`: network, container or image does not exist
 * - `rejected`: the engine refuses the request for any other reason
 */
export type EngineErrorKind =
  "absent" | "denied" | "unreachable" | "conflict" | "inUse" | "notFound" | "rejected";

/**
 * What lies behind a kind, where the way out is another one:
 * - `tls`: one side refuses the other's certificate, or one does not speak TLS
 * - `sshUnknownKey`, `sshChangedKey`: ssh does not know the host's key, or knows another one
 * - `sshLogin`: ssh was not let in without a question
 * - `sshProgram`: there is no ssh command here; `remoteDocker`: no docker command over there
 * - `apiTooOld`: the engine is older than what is understood here
 */
export type EngineErrorReason =
  | "tls"
  | "sshUnknownKey"
  | "sshChangedKey"
  | "sshLogin"
  | "sshProgram"
  | "remoteDocker"
  | "apiTooOld";

/** An expected failure of the engine. `message` is in the engine's own words, or ours where it said nothing. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  /** The image that is not there; then pulling it helps. */
  readonly missingImage: string | undefined;
  readonly reason: EngineErrorReason | undefined;

  constructor(
    kind: EngineErrorKind,
    message: string,
    details: {
      readonly cause?: unknown;
      readonly missingImage?: string;
      readonly reason?: EngineErrorReason | undefined;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "EngineError";
    this.kind = kind;
    this.missingImage = details.missingImage;
    this.reason = details.reason;
  }
}

export interface EngineInfo {
  /** `28.5.2`, `20.10.24+dfsg1`. */
  readonly version: string;
  /** Newest API version of the engine: `1.51`. */
  readonly apiVersion: string;
  /** `linux` or `windows`: what its containers run. */
  readonly os: string;
  /** `Debian GNU/Linux 12 (bookworm)`, `Docker Desktop`. */
  readonly operatingSystem: string;
  readonly kernel: string;
  /** Name of the machine that the engine runs on. */
  readonly hostName: string;
  readonly rootless: boolean;
  readonly desktop: boolean;
}

/** Options of every call. Aborting rejects with the signal's reason. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface ListOptions<T> extends CallOptions {
  /** Only the objects with these ids; ids of none are left out in silence. */
  readonly ids?: readonly string[];
  /** What was read before: an object that still says the same is returned as it is there. */
  readonly known?: Pick<ReadonlyMap<string, T>, "get">;
}

export interface ConnectSpec extends EndpointSettings {
  readonly networkId: string;
  readonly containerId: string;
}

export interface ExecResult {
  readonly exitCode: number;
  /** Standard output and standard error in the order of their arrival. */
  readonly output: string;
}

/** One event of the engine's stream, for containers and networks. */
export interface EngineEvent {
  readonly type: "container" | "network";
  /** `create`, `start`, `die`, `destroy`, `rename`, `connect`, `disconnect`. */
  readonly action: string;
  /** Id of the container or network. */
  readonly id: string;
  readonly name?: string;
  /** Id of the container that a network was connected to, or disconnected from. */
  readonly container?: string;
}

export interface EventsListener {
  /** The subscription stands: what happens from now on is reported. */
  readonly onOpen?: () => void;
  readonly onEvent: (event: EngineEvent) => void;
  /** Once, when the stream ended by itself or broke; not after the signal was aborted. */
  readonly onEnd: (error: EngineError | undefined) => void;
}

/**
 * Every method rejects with an `EngineError` when the engine fails, with the signal's reason when it
 * is aborted. Limits: 5 s to connect, 15 s for the whole answer; 30 s to start or stop a container;
 * pulling and events have none once they are connected.
 */
export interface EngineClient {
  /** Resolves when the engine answers. */
  ping(options?: CallOptions): Promise<void>;
  info(options?: CallOptions): Promise<EngineInfo>;
  /** In no particular order. */
  listNetworks(options?: ListOptions<EngineNetwork>): Promise<EngineNetwork[]>;
  /** Stopped ones included, in no particular order. */
  listContainers(options?: ListOptions<EngineContainer>): Promise<EngineContainer[]>;
  /** Names of the local images, `busybox:latest`, sorted. */
  listImages(options?: CallOptions): Promise<string[]>;
  /** The local images that have a name, in no particular order. */
  localImages(options?: CallOptions): Promise<LocalImage[]>;
  /**
   * Output of a shell script in a container on the host's network, which has no other right. The image must
   * have `sh`. The container is gone when this returns or rejects.
   */
  runOnHost(image: string, script: string, options?: CallOptions): Promise<string>;
  /** Removes containers of `runOnHost` that were left behind more than a minute ago. */
  removeLeftOnHost(options?: CallOptions): Promise<void>;
  /** Raw JSON, for a read-only document. */
  inspectNetwork(id: string, options?: CallOptions): Promise<unknown>;
  inspectContainer(id: string, options?: CallOptions): Promise<unknown>;
  /** What the engine counts in the network's subnets; undefined, and nothing is asked, before Engine 29. */
  poolStatus(id: string, options?: CallOptions): Promise<readonly PoolStatus[] | undefined>;
  /** All networks with all their settings, in no particular order. */
  readNetworks(options?: CallOptions): Promise<NetworkDetails[]>;
  /** By id or name. Kind `notFound` without such a container. */
  readContainer(id: string, options?: CallOptions): Promise<ContainerDetails>;
  /** Returns the id. */
  createNetwork(spec: NetworkSpec | NetworkSettings, options?: CallOptions): Promise<string>;
  /** Kind `inUse` while running containers are on it. */
  removeNetwork(id: string, options?: CallOptions): Promise<void>;
  connect(spec: ConnectSpec, options?: CallOptions): Promise<void>;
  disconnect(
    networkId: string,
    containerId: string,
    options?: CallOptions & { readonly force?: boolean },
  ): Promise<void>;
  /**
   * Creates a container, which does not run yet; returns its id. Without the image: kind `notFound` and
   * `missingImage` set; pullImage helps.
   */
  createContainer(spec: RunSpec, options?: CallOptions): Promise<string>;
  startContainer(id: string, options?: CallOptions): Promise<void>;
  /** `onProgress` gets lines such as `Downloading 3.1 MB of 10.2 MB`. */
  pullImage(
    image: string,
    onProgress?: (line: string) => void,
    options?: CallOptions,
  ): Promise<void>;
  stopContainer(id: string, options?: CallOptions): Promise<void>;
  removeContainer(id: string, options?: CallOptions & { readonly force?: boolean }): Promise<void>;
  /** Runs a short program in the container, without a terminal; at most 1 MiB of output is kept. */
  exec(containerId: string, argv: readonly string[], options?: CallOptions): Promise<ExecResult>;
  /** Follows the events of containers and networks until the signal is aborted or the stream ends. */
  events(listener: EventsListener, options: { readonly signal: AbortSignal }): void;
  /** Ends every stream and call; nothing stays open. */
  dispose(): void;
}
