/** What `ssh HOST docker system dial-stdio` says when it fails, in words; pure. */
import type { EngineErrorKind, EngineErrorReason } from "./engineClient";
import type { ProcessEnd } from "./processStream";
import type { SshTarget } from "./sshTarget";

export interface SshFailure {
  readonly kind: EngineErrorKind;
  readonly message: string;
  readonly reason?: EngineErrorReason;
}

interface Meaning {
  readonly pattern: RegExp;
  readonly kind: EngineErrorKind;
  readonly reason?: EngineErrorReason;
  /** A sentence for what stands behind "NAME cannot be reached: ", and one for the way out. */
  readonly explain: (names: Names) => string;
}

/** The target as its owner would write it. */
interface Names {
  /** Words of the ssh command: `-p 2222 me@nas`. */
  readonly login: string;
  /** In known_hosts: `nas`, `[nas]:2222`. */
  readonly key: string;
}

function namesOf({ host, user, port }: SshTarget): Names {
  const login = `${port === undefined ? "" : `-p ${port} `}${user === undefined ? "" : `${user}@`}${host}`;
  return { login, key: port === undefined || port === 22 ? host : `[${host}]:${port}` };
}

/** OpenSSH sshconnect.c, sshconnect2.c, misc.c; docker/cli system dial-stdio. The first that matches wins. */
const meanings: readonly Meaning[] = [
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key .* has changed|Offending .* key in/i,
    kind: "denied",
    reason: "sshChangedKey",
    explain: ({ key }) =>
      `its host key is another one than the known one, so it may be another machine that answers. If you know that ${key} was set up anew, run "ssh-keygen -R ${key}" and connect once with ssh in a terminal`,
  },
  {
    pattern: /Host key verification failed|No \S+ host key is known/i,
    kind: "denied",
    reason: "sshUnknownKey",
    explain: ({ login }) =>
      `its host key is not known yet. Run "ssh ${login}" once in a terminal and compare the fingerprint that it shows`,
  },
  {
    pattern: /Permission denied \(|Too many authentication failures|No supported authentication/i,
    kind: "denied",
    reason: "sshLogin",
    explain: ({ login }) =>
      `ssh was not let in with a key, and passwords are not asked for. See that "ssh ${login}" logs in without a question: "ssh-copy-id ${login}" puts your key there, "ssh-add" unlocks one that has a passphrase`,
  },
  {
    pattern:
      /docker: (?:command )?not found|docker: No such file|not recognized as an internal or external command/i,
    kind: "absent",
    reason: "remoteDocker",
    explain: () =>
      "there is no docker command on the PATH of that login, which the connection goes through. Install the Docker CLI there",
  },
  {
    pattern:
      /permission denied while trying to connect to the Docker|dial unix \S+: connect: permission denied/i,
    kind: "denied",
    explain: () =>
      "that user may not use the engine there. Docker's post-installation steps describe how to give access",
  },
  {
    pattern:
      /Cannot connect to the Docker daemon|dial unix \S+: connect: (?:no such file|connection refused)/i,
    kind: "absent",
    explain: () => "ssh logs in, and no engine runs there. Start it",
  },
  {
    pattern: /is not a docker command|unknown command.*dial-stdio/i,
    kind: "absent",
    reason: "remoteDocker",
    explain: () =>
      "its docker command is older than 18.09 and cannot be connected through. Update it",
  },
  {
    pattern: /Could not resolve hostname/i,
    kind: "unreachable",
    explain: ({ key }) =>
      `the name ${key} leads to no address. Correct it, or add it to your ssh configuration`,
  },
  {
    pattern: /connect to host .*: Connection refused/i,
    kind: "unreachable",
    explain: () => "no ssh server listens there. Start one, or correct the port",
  },
  {
    pattern: /No route to host|Network is unreachable|timed out|Timeout, server/i,
    kind: "unreachable",
    explain: () => "it does not answer. See whether the machine and the way to it are up",
  },
];

/**
 * The failure behind the end of ssh. `name`: of the endpoint, with its source. Ends with the words of ssh,
 * which can be searched for.
 */
export function sshFailure(end: ProcessEnd | Error, target: SshTarget, name: string): SshFailure {
  if (end instanceof Error) {
    return {
      kind: "absent",
      reason: "sshProgram",
      message: `${name} cannot be reached: ssh did not start (${end.message}).`,
    };
  }
  const words = lastWords(end.stderr);
  const meaning = meanings.find(({ pattern }) => pattern.test(end.stderr));
  if (meaning) {
    const { kind, reason, explain } = meaning;
    return {
      kind,
      ...(reason && { reason }),
      message: `${name} cannot be reached: ${explain(namesOf(target))}. (ssh says: ${words})`,
    };
  }
  const said = words === "" ? `ssh ended with ${end.code ?? "a signal"}` : `ssh says: ${words}`;
  return { kind: "unreachable", message: `The connection to ${name} broke off. (${said})` };
}

/** Without frames of @ signs and the lines of no news; the last ones count. */
function lastWords(stderr: string): string {
  const lines = stderr
    .split(/\r?\n/)
    .map((line) => line.replace(/^@+|@+$/g, "").trim())
    .filter((line) => /\w/.test(line) && !/^(?:Warning: Permanently added|debug\d:)/.test(line));
  return lines.slice(-2).join(" ");
}
