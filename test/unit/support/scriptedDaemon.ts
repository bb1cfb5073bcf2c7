import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../../../src/docker/clock";
import { createClient } from "../../../src/docker/client";
import { defaultLimits } from "../../../src/docker/call";
import type { Endpoint } from "../../../src/docker/dockerHost";
import type { EngineClient } from "../../../src/docker/engineClient";
import { type Wire, type WireFaults, makeWire } from "./wire";

export interface RawNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Options: Readonly<Record<string, string>>;
}

export interface RawContainer {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly State: string;
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>;
  };
}

/**
 * An engine that speaks real HTTP over connections in memory, on the clock of the test, with the
 * faults that the test chooses. The client in front of it is the real one.
 */
export class ScriptedDaemon {
  readonly networks = new Map<string, RawNetwork>();
  readonly containers = new Map<string, RawContainer>();
  /** Whole lists of containers, by the time of their request. */
  readonly listsAt: number[] = [];
  /** Requests that are neither whole lists nor streams. */
  singles = 0;
  /** Every request is answered with it. */
  status = 200;
  /** Milliseconds that a list takes. */
  listDelay = 0;
  /** `refuse`: nothing listens. `silent`: nothing answers, as behind a cut cable. */
  door: "open" | "refuse" | "silent" = "open";
  /** For each new connection. */
  faults: (faults: WireFaults, path: string) => void = () => undefined;
  readonly wires = new Set<Wire>();
  readonly #clock: Clock;
  readonly #streams = new Set<ServerResponse>();
  readonly #server = createServer({ requestTimeout: 0, headersTimeout: 0 });
  readonly #wireOf = new WeakMap<Duplex, Wire>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#server.on("request", (request, response) => {
      const wire = this.#wireOf.get(request.socket);
      if (wire) this.faults(wire.faults, request.url ?? "");
      this.#answer(request, response);
    });
  }

  connect = (endpoint: Endpoint): Promise<EngineClient> =>
    Promise.resolve(createClient(endpoint, defaultLimits, { clock: this.#clock, dial: this.dial }));

  /** Connections that the client holds. */
  get open(): number {
    return [...this.wires].filter(({ isOpen }) => isOpen).length;
  }

  /** Subscriptions that the daemon believes in. */
  get streams(): number {
    return this.#streams.size;
  }

  setContainer(id: string, address: string, State = "running"): void {
    const Networks = { lan: { IPAddress: address } };
    this.containers.set(id, { Id: id, Names: [`/${id}`], State, NetworkSettings: { Networks } });
    this.emit({ Type: "container", Action: "start", Actor: { ID: id } });
  }

  removeContainer(id: string): void {
    if (this.containers.delete(id)) {
      this.emit({ Type: "container", Action: "destroy", Actor: { ID: id } });
    }
  }

  emit(event: object): void {
    for (const stream of this.#streams) stream.write(`${JSON.stringify(event)}\n`);
  }

  /** As when the daemon ends: nothing listens, and every connection is closed. */
  stop(): void {
    this.door = "refuse";
    this.cutAll();
  }

  cutAll(): void {
    for (const wire of [...this.wires]) wire.cut();
  }

  /** The other end of every connection is gone, and nobody was told. */
  freezeAll(): void {
    for (const { faults } of this.wires) faults.isFrozen = true;
    this.#streams.clear();
  }

  /** A new connection. */
  readonly dial = (): Duplex => {
    const wire = makeWire();
    this.wires.add(wire);
    wire.client.once("close", () => this.wires.delete(wire));
    if (this.door === "silent") return wire.client;
    setImmediate(() => {
      if (this.door === "refuse") {
        wire.client.destroy(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
        return;
      }
      this.#wireOf.set(wire.server, wire);
      this.#server.emit("connection", wire.server);
      wire.client.emit("connect");
    });
    return wire.client;
  };

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://daemon");
    const path = pathname.replace(/^\/v1\.\d+/, "");
    if (this.status !== 200) {
      response.writeHead(this.status).end(JSON.stringify({ message: "not now" }));
      return;
    }
    const filters = JSON.parse(searchParams.get("filters") ?? "{}") as { id?: string[] };
    const json = (value: unknown) => response.end(JSON.stringify(value));
    const list = (items: ReadonlyMap<string, unknown>) => {
      // What is answered is what was so when it was asked.
      const found = filters.id
        ? filters.id.flatMap((id) => items.get(id) ?? [])
        : [...items.values()];
      if (this.listDelay === 0) json(found);
      else this.#clock.setTimeout(() => json(found), this.listDelay);
    };
    switch (path) {
      case "/version":
        return void json({ Version: "28.5.2", ApiVersion: "1.51", Os: "linux" });
      case "/info":
        return void json({ Name: "elsewhere" });
      case "/networks":
        if (filters.id) this.singles++;
        list(this.networks);
        return;
      case "/containers/json":
        if (filters.id) this.singles++;
        else this.listsAt.push(this.#clock.now());
        list(this.containers);
        return;
      case "/events":
        response.writeHead(200).flushHeaders();
        this.#streams.add(response);
        response.once("close", () => this.#streams.delete(response));
        return;
      default:
        response.writeHead(404).end("{}");
    }
  }
}
