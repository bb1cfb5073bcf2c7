import type { Agent } from "node:http";
import { isAtLeast, negotiate, oldestApi } from "./apiVersion";
import { type CallContext, type Limits, call, stream } from "./call";
import type { Transport } from "./connection";
import type { Endpoint } from "./dockerHost";
import { type CallOptions, EngineError } from "./engineClient";
import type { Purpose } from "./errors";
import { type Made, NoJsonError, getJson, getMade, getStream } from "./get";
import { record, text } from "../model/json";

/** Prepares the library that speaks with the engine for one request, sent in the API version `api`. */
export type OpenLibrary<Docker> = (agent: Agent, api: string) => Docker;

export interface RequestOptions extends CallOptions {
  readonly purpose?: Purpose;
  /** Milliseconds for the answer, where it is not the usual limit. */
  readonly answer?: number;
}

/** Requests to one engine, in an API version that both sides know, within their limits. */
export class Requests<Docker> {
  readonly #endpoint: Endpoint;
  readonly #limits: Limits;
  readonly #open: OpenLibrary<Docker>;
  readonly #transport: Transport;
  readonly #disposed = new AbortController();
  #api: string | undefined;

  constructor(
    endpoint: Endpoint,
    limits: Limits,
    open: OpenLibrary<Docker>,
    transport: Transport = {},
  ) {
    this.#endpoint = endpoint;
    this.#limits = limits;
    this.#open = open;
    this.#transport = transport;
  }

  /** Sends one request and waits for its answer. `api`: the version that it is sent in. */
  async send<T>(
    request: (docker: Docker, api: string) => Promise<T>,
    options: RequestOptions,
  ): Promise<T> {
    const api = await this.agreed(options);
    return call(this.#context(options), (agent) => request(this.#open(agent, api), api));
  }

  /** The JSON of `GET path` in the version that was agreed upon; `path` without a slash before it. */
  async get(path: string, options: RequestOptions): Promise<unknown> {
    const api = await this.agreed(options);
    return call(this.#context(options), (agent) =>
      getJson(agent, this.#endpoint, `/v${api}/${path}`),
    );
  }

  /** The same as `make` makes it, or as `last` has it where the engine answers the same again. */
  async getMade<T>(
    path: string,
    make: (json: unknown) => T,
    last: Made<T> | undefined,
    options: RequestOptions,
  ): Promise<Made<T>> {
    const api = await this.agreed(options);
    return call(this.#context(options), (agent) =>
      getMade(agent, this.#endpoint, `/v${api}/${path}`, make, last),
    );
  }

  /** Sends one request whose answer is a stream; resolves when the stream ends. `onOpen`: the engine accepted. */
  async stream(
    request: (docker: Docker) => Promise<NodeJS.ReadableStream>,
    onData: (chunk: Buffer) => void,
    options: RequestOptions,
    onOpen?: () => void,
  ): Promise<void> {
    const api = await this.agreed(options);
    const send = (agent: Agent) => request(this.#open(agent, api));
    await stream(this.#context(options), send, onData, onOpen);
  }

  /** The answer to `GET path` bit by bit, as `stream` does it. */
  async getStream(
    path: string,
    onData: (chunk: Buffer) => void,
    options: RequestOptions,
    onOpen?: () => void,
  ): Promise<void> {
    const api = await this.agreed(options);
    const send = (agent: Agent) => getStream(agent, this.#endpoint, `/v${api}/${path}`);
    await stream(this.#context(options), send, onData, onOpen);
  }

  /** Asks the engine for its version, agrees upon an API version, and returns the raw answer. */
  async negotiate(options: CallOptions): Promise<unknown> {
    // The one answer that has both ends of the range of API versions.
    const answer = await call(this.#context(options), (agent) =>
      getJson(agent, this.#endpoint, "/version").catch((error: unknown) => {
        if (error instanceof NoJsonError) return undefined;
        throw error;
      }),
    );
    const newest = text(record(answer)["ApiVersion"]);
    if (newest === undefined) {
      const message = `What answers at ${this.#endpoint.label} is not a Docker engine.`;
      throw new EngineError("unreachable", message);
    }
    if (!isAtLeast(newest, oldestApi)) {
      const release = text(record(answer)["Version"]) ?? "of an unknown version";
      throw new EngineError(
        "rejected",
        `The engine at ${this.#endpoint.label} is Docker ${release} and speaks API ${newest}. The oldest that is understood here is ${oldestApi}, of Docker 20.10. Update Docker on its host.`,
        { reason: "apiTooOld" },
      );
    }
    this.#api = negotiate(newest, text(record(answer)["MinAPIVersion"]));
    return answer;
  }

  /** Ends what is under way; what is asked later is refused. */
  dispose(): void {
    this.#disposed.abort(new EngineError("unreachable", "The connection was closed."));
  }

  /** The API version that is spoken. */
  async agreed(options: CallOptions): Promise<string> {
    if (this.#api === undefined) await this.negotiate(options);
    return this.#api ?? "";
  }

  #context({ signal, purpose, answer }: RequestOptions): CallContext {
    return {
      endpoint: this.#endpoint,
      limits: { ...this.#limits, ...(answer !== undefined && { answer }) },
      signals: [this.#disposed.signal, ...(signal ? [signal] : [])],
      transport: this.#transport,
      ...(purpose && { purpose }),
    };
  }
}
