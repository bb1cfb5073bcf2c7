/** Decides when the engine is read, and what of it: object by object where events tell, as a whole where they do not. */
import type { Clock } from "../docker/clock";
import type { Endpoint } from "../docker/dockerHost";
import type { EngineEvent, EngineInfo } from "../docker/engineClient";
import type { Session } from "./engineLink";
import { EngineObjects, readInto } from "./engineReading";
import { SecondLook } from "./secondLook";
import { Throttle } from "./throttle";
import { WantedObjects } from "./wanted";

export interface EngineReaderOptions {
  readonly clock: Clock;
  /** The connection that stands. */
  readonly session: () => Session | undefined;
  /** After the engine was asked who it is; awaited before `onRead`. */
  readonly prepare: (info: EngineInfo, endpoint: Endpoint) => Promise<void>;
  readonly onRead: (endpoint: Endpoint) => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Milliseconds after which everything is read anew, whatever the events said: the removal of a
 * config-only network sends none.
 */
export const wholeInterval = 60_000;

export class EngineReader {
  readonly #options: EngineReaderOptions;
  readonly #clock: Clock;
  readonly #throttle: Throttle;
  readonly #wanted = new WantedObjects();
  readonly #secondLook: SecondLook;
  #objects = new EngineObjects();
  /** Ask the engine who it is: it may be another one, or another version, since. */
  #isNew = true;
  #active = false;
  #isReading = false;
  #lastWhole = Number.NEGATIVE_INFINITY;
  #wholeTimer: unknown;

  constructor(options: EngineReaderOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#throttle = new Throttle(() => this.#read(), this.#clock);
    this.#secondLook = new SecondLook(this.#clock, (containers) => {
      for (const id of containers) this.#wanted.addContainer(id);
      this.#request();
    });
  }

  /** What is known now. */
  get objects(): EngineObjects {
    return this.#objects;
  }

  /** Whether nothing is known to have changed since it was read. */
  get isCurrent(): boolean {
    return this.#wanted.isEmpty && !this.#isReading;
  }

  /** While it is not active nothing is read by itself; what changed meanwhile is read then. */
  setActive(active: boolean): void {
    this.#active = active;
    if (active) {
      if (this.#clock.now() - this.#lastWhole >= wholeInterval) this.#wanted.addAll();
      this.#planWhole();
      if (!this.#wanted.isEmpty) this.#request();
    } else {
      this.#throttle.cancel();
      this.#clock.clearTimeout(this.#wholeTimer);
    }
  }

  /** A subscription stands: what happened before it is unknown. */
  begin(): void {
    this.#isNew = true;
    this.#wanted.addAll();
    this.#request();
  }

  noteEvent(event: EngineEvent): void {
    this.#wanted.addEvent(event);
    this.#secondLook.noteEvent(event);
    this.#request();
  }

  /** What changed, at once; resolves when that is done, and never rejects. */
  async readNow(): Promise<void> {
    if (!this.isCurrent) await this.#throttle.now();
  }

  /**
   * The same with everything, but for who the engine is: `GET /info` takes ten times as long as both lists, and an
   * engine that is another one now has ended the stream.
   */
  readAllNow(): Promise<void> {
    this.#wanted.addAll();
    return this.#throttle.now();
  }

  /** The connection is gone: nothing is known any more. */
  end(): void {
    this.#throttle.cancel();
    this.#clock.clearTimeout(this.#wholeTimer);
    this.#wanted.clear();
    this.#secondLook.clear();
    this.#objects = new EngineObjects();
  }

  /** Another engine comes: how often the former one was asked is nothing to it. */
  reset(): void {
    this.end();
    this.#throttle.reset();
  }

  dispose(): void {
    this.end();
    this.#throttle.dispose();
  }

  #request(): void {
    // Without a connection there is nothing to ask; `begin` follows.
    if (this.#active && this.#options.session()) this.#throttle.request();
  }

  /** What arrives after the session ended is dropped. */
  async #read(): Promise<void> {
    const session = this.#options.session();
    if (!session || this.#wanted.isEmpty) return;
    const { client, endpoint, signal } = session;
    const objects = this.#objects;
    const wanted = this.#wanted.take();
    this.#isReading = true;
    try {
      const isNew = this.#isNew && wanted.kind === "all";
      const asked = isNew
        ? client.info({ signal }).then(async (info) => {
            await this.#options.prepare(info, endpoint);
            return info;
          })
        : undefined;
      const [info, containers] = await Promise.all([
        asked,
        readInto(objects, wanted, client, signal),
      ]);
      this.#isReading = false;
      if (signal.aborted) return;
      if (info) {
        objects.info = info;
        this.#isNew = false;
      }
      this.#secondLook.noteRead(containers);
      if (wanted.kind === "all") {
        this.#lastWhole = this.#clock.now();
        this.#planWhole();
      }
      this.#options.onRead(endpoint);
    } catch (error) {
      this.#isReading = false;
      if (!signal.aborted) this.#options.onFailed(error);
    }
  }

  #planWhole(): void {
    this.#clock.clearTimeout(this.#wholeTimer);
    if (!this.#active || this.#lastWhole === Number.NEGATIVE_INFINITY) return;
    const left = this.#lastWhole + wholeInterval - this.#clock.now();
    this.#wholeTimer = this.#clock.setTimeout(
      () => {
        this.#wanted.addAll();
        this.#request();
      },
      Math.max(0, left),
    );
  }
}
