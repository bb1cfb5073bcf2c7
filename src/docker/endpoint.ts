/**
 * Which engine to talk to, chosen as the docker command chooses it: an explicit setting, then
 * DOCKER_HOST, then the context, then the usual sockets. docker/cli cli/command/cli.go, cli/context/store.
 */
import { listInWords } from "../model/listInWords";
import { createHash } from "node:crypto";
import {
  type Endpoint,
  type HostReading,
  parseContextHost,
  parseHost,
  usualPipe,
  usualSocket,
} from "./dockerHost";
import { type TlsFiles, readTls } from "./tlsFiles";

/** The part of the machine that the choice depends on. */
export interface EndpointWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  /** Text of a file; undefined when it is missing or unreadable. */
  readonly readFile: (path: string) => Promise<string | undefined>;
  /** Whether there is a file or socket, readable or not. */
  readonly exists: (path: string) => Promise<boolean>;
}

/** Settings `macvlan.dockerHost` and `macvlan.dockerContext`; empty means not set. */
export interface EndpointSettings {
  readonly dockerHost?: string;
  readonly dockerContext?: string;
}

export type EndpointResult =
  | { readonly ok: true; readonly endpoint: Endpoint }
  | {
      readonly ok: false;
      /** `absent`: it does not lead to an engine. `unsupported`: it may, but not for us. */
      readonly kind: "absent" | "unsupported";
      /** `badEndpoint`: what was chosen cannot be used. Without it, nothing was chosen and nothing found. */
      readonly reason?: "badEndpoint";
      readonly message: string;
    };

/** Where the engine is and who said so. Reads files, connects to nothing. */
export async function resolveEndpoint(
  settings: EndpointSettings,
  world: EndpointWorld,
): Promise<EndpointResult> {
  const host = settings.dockerHost?.trim();
  if (host) return fromHost(host, "setting macvlan.dockerHost", world);
  const chosen = settings.dockerContext?.trim();
  if (chosen) return fromContext(chosen, "setting macvlan.dockerContext", world);
  const envHost = variable(world, "DOCKER_HOST");
  if (envHost) return fromHost(envHost, "DOCKER_HOST", world);
  const envContext = variable(world, "DOCKER_CONTEXT");
  if (envContext) return fromContext(envContext, "DOCKER_CONTEXT", world);
  const current = await currentContext(world);
  if (current) return fromContext(current, `context ${current}`, world);
  return defaultHost(world);
}

/** An environment variable; undefined when it is empty, as the docker command sees it. */
function variable(world: EndpointWorld, name: string): string | undefined {
  const value = world.env[name];
  return value === "" ? undefined : value;
}

/** Folder of the docker command's files: DOCKER_CONFIG or ~/.docker. */
export function configDir(world: EndpointWorld): string {
  return variable(world, "DOCKER_CONFIG") ?? `${world.homeDir}/.docker`;
}

/** The context that config.json names. */
export async function currentContext(world: EndpointWorld): Promise<string | undefined> {
  // The docker command warns of an unreadable config.json and carries on without it.
  const config = parseJson(await world.readFile(`${configDir(world)}/config.json`));
  const name = property(config, "currentContext");
  return typeof name === "string" && name !== "" ? name : undefined;
}

async function fromHost(
  host: string,
  source: string,
  world: EndpointWorld,
): Promise<EndpointResult> {
  const tls = await environmentTls(world);
  if (typeof tls === "string") return bad(tls);
  if (host.trim() === "") return defaultHost(world);
  return resultOf(parseHost(host, source, tls));
}

/**
 * Certificates by DOCKER_TLS_VERIFY, DOCKER_TLS and DOCKER_CERT_PATH; undefined when no TLS is wanted.
 * A text says what is missing: the docker command does not go on without it either.
 */
async function environmentTls(world: EndpointWorld): Promise<TlsFiles | string | undefined> {
  const verify = variable(world, "DOCKER_TLS_VERIFY") !== undefined;
  if (!verify && variable(world, "DOCKER_TLS") === undefined) return undefined;
  const name = verify ? "DOCKER_TLS_VERIFY" : "DOCKER_TLS";
  const folder = variable(world, "DOCKER_CERT_PATH") ?? configDir(world);
  const tls = await readTls(folder, verify, world.readFile);
  if (tls.ca === undefined) {
    return `${name} is set, and there is no ${folder}/ca.pem. Point DOCKER_CERT_PATH to the folder of the certificates, or unset ${name}.`;
  }
  return withPair(tls);
}

async function fromContext(
  name: string,
  source: string,
  world: EndpointWorld,
): Promise<EndpointResult> {
  // The context `default` is no stored one: it stands for DOCKER_HOST, or else the usual socket.
  if (name === "default") {
    const envHost = variable(world, "DOCKER_HOST");
    return envHost ? fromHost(envHost, "DOCKER_HOST", world) : defaultHost(world);
  }
  const digest = createHash("sha256").update(name).digest("hex");
  const path = `${configDir(world)}/contexts/meta/${digest}/meta.json`;
  const text = await world.readFile(path);
  if (text === undefined) {
    return bad(
      `The Docker context ${name} (${source}) does not exist. \`docker context ls\` lists those that do.`,
    );
  }
  const docker = property(property(parseJson(text), "Endpoints"), "docker");
  const host = property(docker, "Host") ?? "";
  if (docker === undefined || typeof host !== "string") {
    return bad(
      `The Docker context ${name} (${source}) names no engine: ${path} cannot be understood.`,
    );
  }
  if (host === "") return defaultHost(world);
  const tls = await contextTls(`${configDir(world)}/contexts/tls/${digest}/docker`, docker, world);
  const label = source === `context ${name}` ? source : `${source}, context ${name}`;
  return resultOf(parseContextHost(host, label, tls));
}

/** A context speaks TLS when it has any file for it, or says that it does not check the server. */
async function contextTls(
  folder: string,
  docker: unknown,
  world: EndpointWorld,
): Promise<TlsFiles | undefined> {
  const verify = property(docker, "SkipTLSVerify") !== true;
  const tls = await readTls(folder, verify, world.readFile);
  const { ca, cert, key } = tls;
  if (verify && ca === undefined && cert === undefined && key === undefined) return undefined;
  return withPair(tls);
}

/** A certificate without its key is not shown to the server, nor a key without its certificate. */
function withPair({ verify, ca, cert, key }: TlsFiles): TlsFiles {
  const pair = cert !== undefined && key !== undefined ? { cert, key } : {};
  return { verify, ...(ca !== undefined && { ca }), ...pair };
}

function resultOf(reading: HostReading): EndpointResult {
  if ("unsupported" in reading) {
    const { unsupported: message } = reading;
    return { ok: false, kind: "unsupported", reason: "badEndpoint", message };
  }
  return "invalid" in reading ? bad(reading.invalid) : { ok: true, endpoint: reading };
}

/** The engine of a user who chose none: with TLS in the environment a port of this machine, else a socket. */
async function defaultHost(world: EndpointWorld): Promise<EndpointResult> {
  const source = "default";
  const tls = await environmentTls(world);
  if (typeof tls === "string") return bad(tls);
  if (tls) return resultOf(parseHost("tcp://localhost:2376", source, tls));
  if (world.platform === "win32") return resultOf(parseHost(`npipe://${usualPipe}`, source));
  // The docker command knows the first alone; the others are where rootless engines and Docker Desktop listen.
  const runtimeDir = variable(world, "XDG_RUNTIME_DIR");
  const candidates = [
    usualSocket,
    ...(runtimeDir ? [`${runtimeDir}/docker.sock`] : []),
    `${world.homeDir}/.docker/run/docker.sock`,
    `${world.homeDir}/.docker/desktop/docker.sock`,
  ];
  for (const path of candidates) {
    if (await world.exists(path)) return resultOf(parseHost(`unix://${path}`, source));
  }
  return absent(
    `No Docker engine runs on this machine: there is no ${listInWords(candidates, "or")}.`,
  );
}

function bad(message: string): EndpointResult {
  return { ok: false, kind: "absent", reason: "badEndpoint", message };
}

function absent(message: string): EndpointResult {
  return { ok: false, kind: "absent", message };
}

/** Undefined for what is no JSON. */
export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
