/** The texts that name an engine: of DOCKER_HOST and of contexts, which the docker command reads differently. */
import { type SshTarget, parseSsh, sshLabel } from "./sshTarget";
import type { TlsFiles } from "./tlsFiles";

interface EndpointBase {
  /** The host as the docker command would be given it, without a password. */
  readonly label: string;
  /** Who chose it: `DOCKER_HOST`, `context lab`, `default` ... */
  readonly source: string;
  /** The engine is reached without a network. Whether it runs here, its host name must tell too. */
  readonly local: boolean;
}

export type Endpoint =
  | (EndpointBase & {
      readonly kind: "unix" | "npipe";
      /** Of the socket or named pipe, as node:net takes it. */
      readonly path: string;
    })
  | (EndpointBase & {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      /** Before the paths of the API, where a proxy serves the engine below one: `/docker`. */
      readonly basePath?: string;
      readonly tls?: TlsFiles;
    })
  | (EndpointBase & { readonly kind: "ssh"; readonly ssh: SshTarget });

/** `invalid`: nobody could use it. `unsupported`: the docker command might. Whole sentences. */
export type HostReading =
  Endpoint | { readonly unsupported: string } | { readonly invalid: string };

export const usualSocket = "/var/run/docker.sock";
export const usualPipe = "//./pipe/docker_engine";

/**
 * Reads a text of DOCKER_HOST, of the option -H or of the setting that stands for it (docker/cli
 * opts/hosts.go): without a scheme tcp is meant, the host may be left out, and the port, which is
 * 2375 with TLS too. `tls` counts for tcp only.
 */
export function parseHost(text: string, source: string, tls?: TlsFiles): HostReading {
  const host = new HostText(text.trim(), source);
  const [scheme, rest] = splitScheme(host.text) ?? ["tcp", host.text];
  switch (scheme) {
    case "unix":
      return socket(host, rest === "" ? usualSocket : rest);
    case "npipe":
      return pipe(host, rest === "" ? usualPipe : rest);
    case "tcp": {
      if (splitScheme(host.text) === undefined && rest.startsWith("/")) {
        return host.invalid(`Write unix://${rest} for a socket`);
      }
      return tcp(host, rest, tls, { port: 2375 });
    }
    case "http":
    case "https":
      return host.invalid(`The docker command takes no ${scheme}:// here; write tcp://host:port`);
    default:
      return others(host, scheme);
  }
}

/**
 * Reads the host of a context, which the docker command takes as it was stored (docker client
 * ParseHostURL): nothing is left out, and `http` and `https` mean tcp. Whether TLS is spoken depends on
 * `tls` alone.
 */
export function parseContextHost(text: string, source: string, tls?: TlsFiles): HostReading {
  const host = new HostText(text, source);
  const parts = splitScheme(text);
  if (!parts || !/^[a-z]/i.test(text))
    return host.invalid("Write a scheme before it, as in tcp://host:port");
  const [scheme, rest] = parts;
  if (/^(tcp|https?)$/i.test(scheme)) return tcp(host, rest, tls, { port: tls ? 443 : 80 });
  switch (scheme) {
    case "unix":
      return socket(host, rest);
    case "npipe":
      return pipe(host, rest);
    default:
      return others(host, scheme);
  }
}

/** A host text with its source, for what is said of it. */
class HostText {
  readonly text: string;
  readonly source: string;

  constructor(text: string, source: string) {
    this.text = text;
    this.source = source;
  }

  /** `wayOut`: a sentence without its full stop. */
  invalid(wayOut: string): { readonly invalid: string } {
    return { invalid: `The host ${this.#shown} (${this.source}) cannot be read. ${wayOut}.` };
  }

  unsupported(reason: string, wayOut: string): { readonly unsupported: string } {
    return {
      unsupported: `The host ${this.#shown} (${this.source}) ${reason}, which is not supported. ${wayOut}.`,
    };
  }

  /** Without user and password. */
  get #shown(): string {
    return this.text.replace(/\/\/[^/@]*@/, "//");
  }
}

/** Schemes are written in small letters. */
function splitScheme(text: string): readonly [string, string] | undefined {
  const at = text.indexOf("://");
  return at < 0 ? undefined : [text.slice(0, at), text.slice(at + 3)];
}

function socket(host: HostText, path: string): HostReading {
  if (!path.startsWith("/")) return host.invalid("Write unix:///path for a socket");
  const { source } = host;
  return { kind: "unix", path, label: `unix://${path}`, source, local: true };
}

function pipe(host: HostText, path: string): HostReading {
  if (path === "") return host.invalid("Write npipe:////./pipe/name for a named pipe");
  const { source } = host;
  // As Windows writes it: //./pipe/name is how a pipe is named where backslashes are no part of a URL.
  const name = path.replaceAll("/", "\\");
  return { kind: "npipe", path: name, label: `npipe://${path}`, source, local: true };
}

function tcp(
  host: HostText,
  rest: string,
  tls: TlsFiles | undefined,
  defaults: { readonly port?: number },
): HostReading {
  const [, name = "", digits = "", path = ""] =
    /^(?:[^@/]*@)?(\[[^\]/]*\]|[^:/[\]]*)(?::(\d*))?(\/.*)?$/.exec(rest) ?? [];
  const bracketed = name.startsWith("[");
  const port = digits === "" ? (bracketed ? undefined : defaults.port) : Number(digits);
  const known = rest === "" || name !== "" || digits !== "";
  if (!known || port === undefined || port < 1 || port > 65_535) {
    return host.invalid("Write tcp://host:port");
  }
  const basePath = path.replace(/\/+$/, "");
  const shown = name === "" ? "localhost" : name;
  return {
    kind: "tcp",
    // node:net wants IPv6 addresses without brackets.
    host: bracketed ? name.slice(1, -1) : shown,
    port,
    label: `tcp://${shown}:${port}${basePath}`,
    source: host.source,
    local: false,
    ...(basePath !== "" && { basePath }),
    ...(tls && { tls }),
  };
}

function others(host: HostText, scheme: string): HostReading {
  if (scheme !== "ssh") {
    return host.unsupported(`has the scheme ${scheme}`, "Use unix://, npipe://, tcp:// or ssh://");
  }
  const ssh = parseSsh(host.text);
  if (typeof ssh === "string") return host.invalid(ssh);
  const { source } = host;
  return { kind: "ssh", ssh, label: sshLabel(ssh), source, local: false };
}
