/** One `GET` without a library: the lists of a large engine are megabytes, and every copy of them counts. */
import * as http from "node:http";
import * as https from "node:https";
import type { Endpoint } from "./dockerHost";

/**
 * The JSON that the engine answers to `GET path`, over a connection of the agent. Rejects with what
 * the connection threw, or for any other status than 200 with an error that has `statusCode` and
 * `json`, as `engineError` reads them.
 */
export function getJson(agent: http.Agent, endpoint: Endpoint, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = requestFor(endpoint)({ agent, path, ...addressOf(endpoint) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        // A connection that was cut ends like one that is complete.
        if (!response.complete) reject(new Error("the answer broke off"));
        else answer(response.statusCode ?? 0, Buffer.concat(chunks).toString(), resolve, reject);
      });
    });
    request.once("error", reject);
    request.end();
  });
}

function requestFor(endpoint: Endpoint): typeof http.request {
  return endpoint.kind === "tcp" && endpoint.tls ? https.request : http.request;
}

function addressOf(endpoint: Endpoint): http.RequestOptions {
  if (endpoint.kind === "tcp") return { host: endpoint.host, port: endpoint.port };
  // Without it Node writes the path of the socket into the Host header, which Go refuses.
  return { socketPath: endpoint.path, headers: { Host: "docker" } };
}

function answer(
  status: number,
  text: string,
  resolve: (value: unknown) => void,
  reject: (error: Error) => void,
): void {
  let json: unknown;
  let failure: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    failure = error;
  }
  if (status === 200 && failure === undefined) resolve(json);
  else {
    const message = status === 200 ? "the answer is no JSON" : text.trim();
    reject(Object.assign(new Error(message), status === 200 ? {} : { statusCode: status, json }));
  }
}
