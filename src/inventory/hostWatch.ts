/** Keeps what is known of the engine's host current while somebody looks. */
import type { Clock } from "../docker/clock";
import type { HostFacts } from "../host/interfaces";

/** Reads the host; undefined where that is not possible. Rejects when it is aborted. */
export type HostReader = (options: {
  readonly signal: AbortSignal;
}) => Promise<HostFacts | undefined>;

/** Milliseconds between two readings of this machine: cables and neighbours send no events. */
export const hostInterval = 10_000;
/** Milliseconds after something that may have changed the interfaces. */
const soon = 300;

interface HostSession {
  readonly read: HostReader;
  readonly interval: number;
  readonly abort: AbortController;
}

export class HostWatch {
  readonly #clock: Clock;
  readonly #onRead: (host: HostFacts | undefined) => void;
  #session: HostSession | undefined;
  #timer: { readonly handle: unknown; readonly at: number } | undefined;
  #reading: Promise<void> | undefined;
  /** Something happened while a reading was under way. */
  #again = false;
  #active = true;
  #lastStart = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, onRead: (host: HostFacts | undefined) => void) {
    this.#clock = clock;
    this.#onRead = onRead;
  }

  /** From now on this host is read, by `read`; resolves when it was for the first time. */
  begin(read: HostReader, interval = hostInterval): Promise<void> {
    this.end();
    this.#session = { read, interval, abort: new AbortController() };
    return this.readNow();
  }

  /** What is under way is given up, and nothing is read any more. */
  end(): void {
    this.#disarm();
    this.#session?.abort.abort();
    this.#session = undefined;
    this.#reading = undefined;
    this.#again = false;
  }

  /** While it is not active nothing is read by itself; active again, what is old is read at once. */
  setActive(active: boolean): void {
    this.#active = active;
    if (active) this.#schedule(this.#lastStart + (this.#session?.interval ?? hostInterval));
    else this.#disarm();
  }

  /** Something happened that may have made or removed an interface. */
  readSoon(): void {
    if (this.#reading) this.#again = true;
    else this.#schedule(this.#clock.now() + soon);
  }

  /** Resolves when a reading that began now or is under way has ended; never rejects. */
  async readNow(): Promise<void> {
    if (!this.#session) return;
    this.#disarm();
    this.#reading ??= this.#read(this.#session);
    await this.#reading;
  }

  async #read(session: HostSession): Promise<void> {
    const { signal } = session.abort;
    this.#lastStart = this.#clock.now();
    this.#wasAsked();
    const host = await session.read({ signal }).catch(() => undefined);
    if (signal.aborted) return;
    this.#reading = undefined;
    this.#onRead(host);
    this.#schedule(
      this.#wasAsked() ? this.#clock.now() + soon : this.#lastStart + session.interval,
    );
  }

  #wasAsked(): boolean {
    const again = this.#again;
    this.#again = false;
    return again;
  }

  /** Never later than what is planned already. */
  #schedule(at: number): void {
    if (!this.#session || !this.#active || this.#reading) return;
    if (this.#timer && this.#timer.at <= at) return;
    this.#disarm();
    const handle = this.#clock.setTimeout(
      () => void this.readNow(),
      Math.max(0, at - this.#clock.now()),
    );
    this.#timer = { handle, at };
  }

  #disarm(): void {
    this.#clock.clearTimeout(this.#timer?.handle);
    this.#timer = undefined;
  }
}
