/**
 * `GET` without a library. The lists of a large engine are megabytes, and every copy of them counts;
 * and what is asked each time something happens should cost no more than the question.
 */
import * as http from "node:http";
import * as https from "node:https";
import type { Endpoint } from "./dockerHost";

/** What answers is no engine, nor its proxy. */
export class NoJsonError extends Error {}

/**
 * The JSON that the engine answers to `GET path`, over a connection of the agent. Rejects with what
 * the connection threw, or for any other status than 200 with an error that has `statusCode` and
 * `json`, as `engineError` reads them.
 */
export async function getJson(
  agent: http.Agent,
  endpoint: Endpoint,
  path: string,
): Promise<unknown> {
  return parsed(await bytesOf(await getStream(agent, endpoint, path)));
}

/** What was made of an answer, and of which one. */
export interface Made<T> {
  readonly bytes: Buffer;
  readonly value: T;
}

/**
 * The same, with what `make` makes of the JSON. Where the answer is that of `last`, byte by byte, its value is
 * taken over: to read the JSON of a long list costs more than all that is done with it.
 */
export async function getMade<T>(
  agent: http.Agent,
  endpoint: Endpoint,
  path: string,
  make: (json: unknown) => T,
  last: Made<T> | undefined,
): Promise<Made<T>> {
  const bytes = await bytesOf(await getStream(agent, endpoint, path));
  return last?.bytes.equals(bytes) ? last : { bytes, value: make(parsed(bytes)) };
}

function parsed(bytes: Buffer): unknown {
  const json = jsonOf(bytes.toString());
  if (json === undefined) throw new NoJsonError("the answer is no JSON");
  return json;
}

/** The same for an answer that comes bit by bit: resolves when its head is there. */
export async function getStream(
  agent: http.Agent,
  endpoint: Endpoint,
  path: string,
): Promise<http.IncomingMessage> {
  const response = await headOf(agent, endpoint, path);
  if (response.statusCode === 200) return response;
  const text = (await bytesOf(response)).toString();
  throw Object.assign(new Error(text.trim()), {
    statusCode: response.statusCode ?? 0,
    json: jsonOf(text),
  });
}

function headOf(
  agent: http.Agent,
  endpoint: Endpoint,
  path: string,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { agent, path: basePathOf(endpoint) + path, ...addressOf(endpoint) };
    const request = requestFor(endpoint)(options, resolve);
    request.once("error", reject);
    request.end();
  });
}

function requestFor(endpoint: Endpoint): typeof http.request {
  return endpoint.kind === "tcp" && endpoint.tls ? https.request : http.request;
}

function addressOf(endpoint: Endpoint): http.RequestOptions {
  if (endpoint.kind === "tcp") return { host: endpoint.host, port: endpoint.port };
  if (endpoint.kind === "ssh") return { headers: { Host: "docker" } };
  // Without it Node writes the path of the socket into the Host header, which Go refuses.
  return { socketPath: endpoint.path, headers: { Host: "docker" } };
}

/** Before every path of the API; mostly nothing. */
export function basePathOf(endpoint: Endpoint): string {
  return endpoint.kind === "tcp" ? (endpoint.basePath ?? "") : "";
}

function bytesOf(response: http.IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.once("error", reject);
    response.once("end", () => {
      // A connection that was cut ends like one that is complete.
      if (response.complete) resolve(Buffer.concat(chunks));
      else reject(new Error("the answer broke off"));
    });
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
