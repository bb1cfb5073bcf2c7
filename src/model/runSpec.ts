/** A container that is to run on a network. */
export interface RunSpec {
  readonly image: string;
  /** Absent: the engine makes one up. */
  readonly name?: string;
  /** Name of the network. */
  readonly networkName: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  readonly command?: readonly string[];
  /** Kept running with a terminal and removed when it stops, as `docker run -dit --rm` does. */
  readonly interactive?: boolean;
}
