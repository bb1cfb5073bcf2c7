/**
 * Which engine to talk to, chosen as the docker command chooses it: an explicit setting, then
 * DOCKER_HOST, then the context, then the usual sockets. docker/cli cli/command/cli.go, cli/context/store.
 */
import { createHash } from "node:crypto";
import { type Endpoint, parseHost } from "./dockerHost";
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
  return defaultSocket(world);
}

/** An environment variable; undefined when it is empty, as the docker command sees it. */
function variable(world: EndpointWorld, name: string): string | undefined {
  const value = world.env[name]?.trim();
  return value === "" ? undefined : value;
}

/** Folder of the docker command's files: DOCKER_CONFIG or ~/.docker. */
function configDir(world: EndpointWorld): string {
  return variable(world, "DOCKER_CONFIG") ?? `${world.homeDir}/.docker`;
}

async function currentContext(world: EndpointWorld): Promise<string | undefined> {
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
  if (host === "unix://") return defaultSocket(world);
  const verify = variable(world, "DOCKER_TLS_VERIFY") !== undefined;
  const folder = variable(world, "DOCKER_CERT_PATH") ?? configDir(world);
  const tls =
    verify || variable(world, "DOCKER_TLS") !== undefined
      ? await readTls(folder, verify, world.readFile)
      : undefined;
  return withTls(host, source, tls);
}

async function fromContext(
  name: string,
  source: string,
  world: EndpointWorld,
): Promise<EndpointResult> {
  // The context `default` has no folder: it stands for the usual socket.
  if (name === "default") return defaultSocket(world);
  const digest = createHash("sha256").update(name).digest("hex");
  const path = `${configDir(world)}/contexts/meta/${digest}/meta.json`;
  const text = await world.readFile(path);
  if (text === undefined) {
    return absent(
      `The Docker context ${name} (${source}) does not exist. \`docker context ls\` lists those that do.`,
    );
  }
  const docker = property(property(parseJson(text), "Endpoints"), "docker");
  const host = property(docker, "Host");
  if (typeof host !== "string" || host === "") {
    return absent(`The Docker context ${name} names no host: ${path} cannot be understood.`);
  }
  const tls = await readTls(
    `${configDir(world)}/contexts/tls/${digest}/docker`,
    property(docker, "SkipTLSVerify") !== true,
    world.readFile,
  );
  const label = source === `context ${name}` ? source : `${source}, context ${name}`;
  return withTls(host, label, tls.ca || tls.cert || !tls.verify ? tls : undefined);
}

function withTls(host: string, source: string, tls: TlsFiles | undefined): EndpointResult {
  const endpoint = parseHost(host, source, tls);
  if ("unsupported" in endpoint) {
    return { ok: false, kind: "unsupported", message: endpoint.unsupported };
  }
  if ("invalid" in endpoint) return absent(endpoint.invalid);
  return { ok: true, endpoint };
}

async function defaultSocket(world: EndpointWorld): Promise<EndpointResult> {
  const source = "default";
  if (world.platform === "win32") {
    return withTls("npipe:////./pipe/docker_engine", source, undefined);
  }
  const runtimeDir = variable(world, "XDG_RUNTIME_DIR");
  const candidates = [
    "/var/run/docker.sock",
    ...(runtimeDir ? [`${runtimeDir}/docker.sock`] : []),
    `${world.homeDir}/.docker/run/docker.sock`,
  ];
  for (const path of candidates) {
    if (await world.exists(path)) return withTls(`unix://${path}`, source, undefined);
  }
  return absent(`No Docker engine runs on this machine: there is no ${listed(candidates)}.`);
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

function absent(message: string): EndpointResult {
  return { ok: false, kind: "absent", message };
}

function parseJson(text: string | undefined): unknown {
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
