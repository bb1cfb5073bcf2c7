/**
 * The engine sends some events before it has noted what they tell: `connect`, `disconnect` and, in
 * old engines, `die` (moby daemon/container_operations.go, daemon/monitor.go). What was read at once
 * may be what was before, so it is read again a moment later.
 */
import type { Clock } from "../docker/clock";
import type { EngineEvent } from "../docker/engineClient";
import type { EngineContainer } from "../model/attachment";

/** Milliseconds until the second look; each further one at a container without an address takes twice as long. */
export const firstLook = 300;
/** So many looks at a container that runs and has no address: it may be meant to have none. */
const mostLooks = 5;

/** Networks without addresses. */
const withoutAddress: ReadonlySet<string> = new Set(["host", "none"]);

export class SecondLook {
  readonly #clock: Clock;
  readonly #onDue: (containers: readonly string[]) => void;
  /** By container: when it is due. */
  readonly #due = new Map<string, number>();
  /** Those that are looked at, and how often they were found without an address. */
  readonly #looks = new Map<string, number>();
  #timer: { readonly handle: unknown; readonly at: number } | undefined;

  constructor(clock: Clock, onDue: (containers: readonly string[]) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** An event arrived. */
  noteEvent({ type, action, id, container }: EngineEvent): void {
    if (type === "container" && action === "die") this.#later(id, firstLook);
    if (type === "network" && container !== undefined) this.#later(container, firstLook);
  }

  /** Containers were read. Those that no event told of are nobody's concern here. */
  noteRead(containers: Iterable<EngineContainer>): void {
    if (this.#looks.size === 0) return;
    for (const container of containers) {
      const looks = this.#looks.get(container.id);
      if (looks === undefined) continue;
      const lacks = container.running && container.attachments.some(lacksAddress);
      if (lacks && looks < mostLooks) {
        this.#looks.set(container.id, looks + 1);
        this.#later(container.id, firstLook * 2 ** looks);
      } else if (!this.#due.has(container.id)) this.#looks.delete(container.id);
    }
  }

  /** Forgets everything; leaves no timer. */
  clear(): void {
    this.#due.clear();
    this.#looks.clear();
    this.#clock.clearTimeout(this.#timer?.handle);
    this.#timer = undefined;
  }

  #later(container: string, ms: number): void {
    const at = this.#clock.now() + ms;
    if (!this.#looks.has(container)) this.#looks.set(container, 0);
    this.#due.set(container, Math.max(at, this.#due.get(container) ?? 0));
    if (this.#timer === undefined || this.#timer.at > at) this.#arm(at);
  }

  #arm(at: number): void {
    this.#clock.clearTimeout(this.#timer?.handle);
    const handle = this.#clock.setTimeout(() => {
      this.#fire();
    }, at - this.#clock.now());
    this.#timer = { handle, at };
  }

  #fire(): void {
    this.#timer = undefined;
    const now = this.#clock.now();
    const due: string[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const [container, at] of this.#due) {
      if (at <= now) {
        due.push(container);
        this.#due.delete(container);
      } else next = Math.min(next, at);
    }
    if (next !== Number.POSITIVE_INFINITY) this.#arm(next);
    if (due.length > 0) this.#onDue(due);
  }
}

function lacksAddress({ network, ipv4, ipv6 }: EngineContainer["attachments"][number]): boolean {
  return ipv4 === undefined && ipv6 === undefined && !withoutAddress.has(network);
}
