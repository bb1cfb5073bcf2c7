import type { Endpoint } from "./dockerHost";

/** Where docker-modem believes the engine to be; the agent of a request makes the connection itself. */
export function libraryAddress(endpoint: Endpoint): {
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
  readonly protocol: "http" | "https";
} {
  switch (endpoint.kind) {
    case "unix":
    case "npipe":
      return { socketPath: endpoint.path, protocol: "http" };
    case "ssh":
      // The agent's connection leads to the engine, whatever stands here.
      return { host: "docker", port: 80, protocol: "http" };
    case "tcp": {
      const { host, port, tls } = endpoint;
      return { host, port, protocol: tls ? "https" : "http" };
    }
  }
}
