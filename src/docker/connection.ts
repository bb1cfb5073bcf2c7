/** Connections to the engine: one for each call, so that ending the call ends the socket, whatever the library does. */
import * as http from "node:http";
import * as https from "node:https";
import type { Duplex } from "node:stream";
import { type Clock, systemClock } from "./clock";
import type { Endpoint } from "./dockerHost";
import { EngineError } from "./engineClient";
import { openSsh } from "./sshConnection";

/** How connections are made and timed, where it is not by node:net and the system's clock. */
export interface Transport {
  /** A stream to the engine; it says `connect` when it stands. */
  readonly dial?: ((endpoint: Endpoint) => Duplex) | undefined;
  readonly clock?: Clock;
}

export interface Connection {
  /** For exactly one request. */
  readonly agent: http.Agent;
  /** Rejects when no connection stands after `connectLimit`, or when it closes; never resolves. */
  readonly broken: Promise<never>;
  /** Destroys the socket. */
  close(): void;
}

/** How long the last bytes of an answer may take to be read after the socket closed. */
const drainMs = 100;

/** Prepares a connection; it is made when the agent's request starts. `connectLimit` in milliseconds. */
export function openConnection(
  endpoint: Endpoint,
  connectLimit: number,
  { dial = dialFor(endpoint), clock = systemClock }: Transport = {},
): Connection {
  const timers = new Set<unknown>();
  let closed = false;
  let breakWith: (error: EngineError) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    breakWith = reject;
  });
  // Often nobody waits any longer when it breaks.
  broken.catch(() => undefined);
  const later = (ms: number, action: () => void): unknown => {
    const timer = clock.setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
    return timer;
  };

  const watch = (socket: Duplex): void => {
    const limit = later(connectLimit, () => {
      breakWith(
        new EngineError(
          "unreachable",
          `No connection to ${endpoint.label} within ${connectLimit / 1000} s.`,
        ),
      );
    });
    const isTls = !dial && endpoint.kind === "tcp" && endpoint.tls;
    socket.once(isTls ? "secureConnect" : "connect", () => {
      clock.clearTimeout(limit);
      timers.delete(limit);
    });
    socket.once("close", () => {
      if (closed) return;
      later(drainMs, () => {
        breakWith(
          new EngineError(
            "unreachable",
            `${endpoint.label} closed the connection before it had answered.`,
          ),
        );
      });
    });
  };

  const agent = dial ? new http.Agent({ keepAlive: false }) : agentFor(endpoint);
  const create: typeof agent.createConnection = dial
    ? () => dial(endpoint)
    : agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback);
    if (socket) watch(socket);
    return socket;
  };
  return {
    agent,
    broken,
    close: () => {
      closed = true;
      for (const timer of timers) clock.clearTimeout(timer);
      timers.clear();
      agent.destroy();
    },
  };
}

/** What node:net cannot connect to by itself. */
function dialFor(endpoint: Endpoint): Transport["dial"] {
  return endpoint.kind === "ssh" ? () => openSsh(endpoint) : undefined;
}

function agentFor(endpoint: Endpoint): http.Agent {
  if (endpoint.kind !== "tcp" || !endpoint.tls) return new http.Agent({ keepAlive: false });
  const { ca, cert, key, verify } = endpoint.tls;
  return new https.Agent({
    keepAlive: false,
    rejectUnauthorized: verify,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  });
}
