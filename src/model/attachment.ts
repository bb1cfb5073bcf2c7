/** Containers and what ties them to networks; also the shape in the facts file. */

export interface Attachment {
  /** Name of the network. */
  readonly network: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  /** True when the address was asked for: a stopped container will want it back (engine-level IPAMConfig). */
  readonly static?: boolean;
}

export interface EngineContainer {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
  /** State word of the engine: running, exited, created, paused ... */
  readonly state?: string;
  readonly image?: string;
  /** Compose project and service, from the labels. */
  readonly project?: string;
  readonly service?: string;
  /** The compose files that it was made from, as Compose noted them; relative ones are below `composeFolder`. */
  readonly composeFiles?: readonly string[];
  readonly composeFolder?: string;
  readonly attachments: readonly Attachment[];
}
