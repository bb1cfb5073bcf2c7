import { Duplex } from "node:stream";

/** What happens to the bytes of a connection on their way. */
export interface WireFaults {
  /** The other end is gone and nobody was told: nothing arrives any more, and no end either. */
  isFrozen: boolean;
  /** After so many bytes from the server the connection is cut. */
  left: number;
  /** Cuts a chunk from the server into the pieces in which it arrives. */
  split: (chunk: Buffer) => readonly Buffer[];
}

/** One end of a connection in memory: no kernel, no clock, the same order of things each time. */
class End extends Duplex {
  readonly #deliver: (chunk: Buffer | null) => void;
  readonly #closed: () => void;

  constructor(deliver: (chunk: Buffer | null) => void, closed: () => void) {
    super();
    this.#deliver = deliver;
    this.#closed = closed;
  }

  override _read(): void {
    // What arrives is pushed as it arrives.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#deliver(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.#deliver(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#closed();
    done(error);
  }
}

export interface Wire {
  readonly client: Duplex;
  readonly server: Duplex;
  readonly faults: WireFaults;
  /** Neither end is closed. */
  readonly isOpen: boolean;
  /** As when the process at the other end dies. */
  cut(): void;
}

/** A connection whose faults the test chooses. */
export function makeWire(): Wire {
  const faults: WireFaults = {
    isFrozen: false,
    left: Number.POSITIVE_INFINITY,
    split: (chunk) => [chunk],
  };
  const open = { client: true, server: true };
  const cut = (): void => {
    client.destroy();
    server.destroy();
  };
  const toClient = (chunk: Buffer | null): void => {
    if (faults.isFrozen || client.destroyed) return;
    if (chunk === null) {
      client.push(null);
      return;
    }
    const rest = chunk.subarray(0, Math.min(chunk.length, faults.left));
    faults.left -= rest.length;
    for (const piece of faults.split(rest)) client.push(piece);
    if (faults.left > 0) return;
    // What was on its way still arrives.
    client.push(null);
    setImmediate(cut);
  };
  const toServer = (chunk: Buffer | null): void => {
    if (!faults.isFrozen && !server.destroyed) server.push(chunk);
  };
  const server: Duplex = new End(toClient, () => {
    open.server = false;
    if (!faults.isFrozen && !client.destroyed) setImmediate(() => client.destroy());
  });
  const client: Duplex = new End(toServer, () => {
    open.client = false;
    if (!faults.isFrozen && !server.destroyed) setImmediate(() => server.destroy());
  });
  for (const end of [server, client]) end.on("error", () => undefined);
  return {
    client,
    server,
    faults,
    get isOpen() {
      return open.client;
    },
    cut,
  };
}
