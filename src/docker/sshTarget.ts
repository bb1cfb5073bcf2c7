/** Where `ssh` finds an engine, and the words that it is called with; pure. docker/cli cli/connhelper. */

export interface SshTarget {
  /** Host name, address, or a name of the user's ssh configuration. */
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** Of the engine's socket over there, where it is not the usual one. */
  readonly socketPath?: string;
}

const usual = "Write ssh://user@host or ssh://user@host:port";

/**
 * What ssh would refuse itself since 9.6, or take for an option: it hands user and host to shells
 * (ProxyCommand, Match exec).
 */
const safeHost = /^(?!-)[^\s\p{Cc}'"`$\\;&<>|(){}]+$/u;
const safeUser = /^(?!-)[^\s\p{Cc}'"`;&<>|(){}]*[^\s\p{Cc}'"`;&<>|(){}\\]$/u;

/** Reads `ssh://user@host:port/path/of/socket`. A text says what to write instead, without its full stop. */
export function parseSsh(text: string): SshTarget | string {
  const parts = /^ssh:\/\/(?:([^@/?#]*)@)?(\[[^\]/?#]*\]|[^:/?#[\]@]*)(?::(\d*))?(\/[^?#]*)?$/.exec(
    text,
  );
  if (!parts) return usual;
  const [, login = "", name = "", digits = "", rawPath = ""] = parts;
  if (login.includes(":")) {
    return "The docker command takes no password in it; load a key into the ssh agent";
  }
  const port = digits === "" ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535)) return usual;
  const [host, user, path] = [name.replace(/^\[(.*)\]$/, "$1"), login, rawPath].map(unescaped);
  if (host === undefined || user === undefined || path === undefined) return usual;
  if (!safeHost.test(host)) return usual;
  if (user !== "" && !safeUser.test(user)) return usual;
  if (/\p{Cc}/u.test(path)) return usual;
  return {
    host,
    ...(user !== "" && { user }),
    ...(port !== undefined && { port }),
    ...(path !== "" && path !== "/" && { socketPath: path }),
  };
}

/** The target as it is written for the docker command. */
export function sshLabel({ user, host, port, socketPath }: SshTarget): string {
  const name = host.includes(":") ? `[${host}]` : host;
  const login = user === undefined ? "" : `${user}@`;
  return `ssh://${login}${name}${port === undefined ? "" : `:${port}`}${socketPath ?? ""}`;
}

/** The words by which `ssh` itself is told where to go; nothing in them can be an option of another kind. */
export function sshAddress({ host, user, port }: SshTarget): string[] {
  return [
    ...(user === undefined ? [] : ["-l", user]),
    ...(port === undefined ? [] : ["-p", String(port)]),
    ...["--", host],
  ];
}

/** Seconds until ssh gives a connection up. */
const connectSeconds = 5;

/**
 * Words for `ssh` that make its standard input and output a connection to the engine over there. It
 * asks nobody for anything: a password, a passphrase or an unknown host key ends it. What the user's
 * own configuration says about keys, jumps and host keys holds.
 */
export function sshWords(target: SshTarget): string[] {
  const { socketPath } = target;
  const remote =
    socketPath === undefined
      ? ["docker", "system", "dial-stdio"]
      : ["docker", quoted(`--host=unix://${socketPath}`), "system", "dial-stdio"];
  return [...sessionWords(target), ...remote];
}

/** The same for a shell over there that reads a script from its standard input. */
export function sshScriptWords(target: SshTarget): string[] {
  return [...sessionWords(target), "sh", "-s"];
}

function sessionWords(target: SshTarget): string[] {
  return [
    ...["-o", "BatchMode=yes", "-o", `ConnectTimeout=${connectSeconds}`],
    // A connection that is dead without saying so ends within half a minute.
    ...["-o", "ServerAliveInterval=10", "-o", "ServerAliveCountMax=3"],
    // Nothing that the user's configuration adds to every session: forwarded ports, a terminal, X11, the agent.
    ...["-o", "ClearAllForwardings=yes", "-T", "-x", "-a"],
    ...sshAddress(target),
  ];
}

/** The words behind the host go through the shell of the other side. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
