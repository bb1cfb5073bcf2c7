/** The texts of DOCKER_HOST and of contexts: `unix:///path`, `npipe:////./pipe/x`, `tcp://host:port`. */
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
      readonly tls?: TlsFiles;
    });

/** Reads a host text. `tls` counts for tcp only; without a scheme tcp is meant (docker/cli opts/hosts.go). */
export function parseHost(
  text: string,
  source: string,
  tls?: TlsFiles,
): Endpoint | { readonly unsupported: string } | { readonly invalid: string } {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? "tcp";
  const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
  switch (scheme) {
    case "unix":
      return rest.startsWith("/")
        ? { kind: "unix", path: rest, label: `unix://${rest}`, source, local: true }
        : invalid(text, source, "a socket is written unix:///path");
    case "npipe":
      return rest === ""
        ? invalid(text, source, "a named pipe is written npipe:////./pipe/name")
        : { kind: "npipe", path: rest, label: `npipe://${rest}`, source, local: true };
    case "tcp":
    case "http":
      return parseTcp(rest, text, source, tls);
    case "https":
      return parseTcp(rest, text, source, tls ?? { verify: true });
    case "ssh":
      return {
        unsupported: `The engine is reached over ssh (${redacted(text)}, ${source}), which is not supported yet. Open the folder on that machine with Remote - SSH, or forward its socket.`,
      };
    default:
      return {
        unsupported: `The host ${redacted(text)} (${source}) has the scheme ${scheme}, which is not supported. Use unix://, npipe:// or tcp://.`,
      };
  }
}

function parseTcp(
  rest: string,
  text: string,
  source: string,
  tls: TlsFiles | undefined,
): Endpoint | { readonly invalid: string } {
  let url: URL;
  try {
    url = new URL(`tcp://${rest}`);
  } catch {
    return invalid(text, source, "it is written tcp://host:port");
  }
  if (url.hostname === "") return invalid(text, source, "it is written tcp://host:port");
  const port = url.port === "" ? (tls ? 2376 : 2375) : Number(url.port);
  return {
    kind: "tcp",
    // node:net wants IPv6 addresses without brackets.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    label: `tcp://${url.hostname}:${port}`,
    source,
    local: false,
    ...(tls && { tls }),
  };
}

function invalid(text: string, source: string, how: string): { readonly invalid: string } {
  return { invalid: `The host ${redacted(text)} (${source}) cannot be read: ${how}.` };
}

/** Without user and password. */
function redacted(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//");
}
