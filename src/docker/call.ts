/** Time limits and cancelling around one request to the engine. */
import type { Agent } from "node:http";
import { systemClock } from "./clock";
import { type Transport, openConnection } from "./connection";
import type { Endpoint } from "./dockerHost";
import { EngineError } from "./engineClient";
import { type Purpose, engineError } from "./errors";

export interface Limits {
  /** Milliseconds until a connection must stand. */
  readonly connect: number;
  /** Milliseconds until the whole answer must be there, or Infinity. */
  readonly answer: number;
}
export const defaultLimits: Limits = { connect: 5_000, answer: 15_000 };

export interface CallContext {
  readonly endpoint: Endpoint;
  readonly limits: Limits;
  /** The first that is aborted ends the call. */
  readonly signals: readonly AbortSignal[];
  readonly purpose?: Purpose;
  readonly transport?: Transport;
}

/**
 * Sends one request and waits for its whole answer. `send` gets an agent for this request alone. When
 * it fails, takes too long or is aborted, its socket is closed before this rejects: with an
 * EngineError, or with the signal's reason.
 */
export function call<T>(context: CallContext, send: (agent: Agent) => Promise<T>): Promise<T> {
  return onConnection(context, ({ agent, broken }, { reached }) =>
    Promise.race([send(agent), broken, reached]),
  );
}

/**
 * Sends one request whose answer is a stream, and hands each chunk to `onData` until the stream ends.
 * The limit for the answer ends with its head: `onOpen`, the engine accepted and data may come.
 */
export function stream(
  context: CallContext,
  send: (agent: Agent) => Promise<NodeJS.ReadableStream>,
  onData: (chunk: Buffer) => void,
  onOpen?: () => void,
): Promise<void> {
  return onConnection(context, async ({ agent, broken }, bound) => {
    const source = await Promise.race([send(agent), broken, bound.reached]);
    bound.lift();
    onOpen?.();
    await Promise.race([drain(source, onData), bound.reached]);
  });
}

/** A connection and its bounds for one use; closed, and failures translated, however that ends. */
async function onConnection<T>(
  { endpoint, limits, signals, purpose, transport = {} }: CallContext,
  use: (
    connection: ReturnType<typeof openConnection>,
    bound: ReturnType<typeof bounds>,
  ) => Promise<T>,
): Promise<T> {
  for (const signal of signals) signal.throwIfAborted();
  const connection = openConnection(endpoint, limits.connect, transport);
  const bound = bounds(signals, limits.answer, endpoint.label, transport.clock);
  try {
    return await use(connection, bound);
  } catch (error) {
    for (const signal of signals) signal.throwIfAborted();
    throw engineError(error, endpoint.label, purpose);
  } finally {
    bound.clear();
    connection.close();
  }
}

/** Resolves at the end of the stream; rejects when it breaks off. */
export function drain(
  source: NodeJS.ReadableStream,
  onData: (chunk: Buffer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    source.on("data", onData);
    source.once("end", resolve);
    source.once("error", reject);
    source.once("close", () => {
      reject(new Error("the stream broke off"));
    });
  });
}

/** A promise that rejects at the limit or when a signal is aborted, and never resolves. */
function bounds(
  signals: readonly AbortSignal[],
  limit: number,
  label: string,
  clock = systemClock,
): { reached: Promise<never>; lift: () => void; clear: () => void } {
  let fail: (reason: unknown) => void = () => undefined;
  const reached = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Often nobody waits any longer when it is reached.
  reached.catch(() => undefined);
  // Not AbortSignal.any: its result stays tied to a long-lived signal after the call.
  const onAbort = (event: Event): void => {
    fail((event.target as AbortSignal).reason);
  };
  for (const signal of signals) signal.addEventListener("abort", onAbort, { once: true });
  const timer =
    limit === Number.POSITIVE_INFINITY
      ? undefined
      : clock.setTimeout(() => {
          fail(new EngineError("unreachable", `${label} did not answer within ${limit / 1000} s.`));
        }, limit);
  return {
    reached,
    /** Only the signals count from now on. */
    lift: () => {
      clock.clearTimeout(timer);
    },
    clear: () => {
      clock.clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", onAbort);
    },
  };
}
