/** Connections to an engine through the system's ssh. */
import { spawn } from "node:child_process";
import type { Endpoint } from "./dockerHost";
import { EngineError } from "./engineClient";
import { ProcessStream } from "./processStream";
import { findProgram } from "./program";
import { sshFailure } from "./sshFailure";
import { sshWords } from "./sshTarget";

export type SshEndpoint = Extract<Endpoint, { readonly kind: "ssh" }>;

/**
 * Starts ssh; what it connects to shows with the first answer. Fails, later, with an EngineError that
 * says in which step. `find`: the program, for tests.
 */
export function openSsh(
  { ssh, label, source }: SshEndpoint,
  find: () => string | undefined = () => findProgram("ssh"),
): ProcessStream {
  const program = find();
  if (program === undefined) {
    throw new EngineError(
      "absent",
      `${label} (${source}) is reached with the ssh command, and there is none on the PATH. Install an OpenSSH client.`,
      { reason: "sshProgram" },
    );
  }
  const child = spawn(program, sshWords(ssh), {
    stdio: "pipe",
    // Not the workspace: nothing there may stand in for a file of the user's.
    cwd: process.platform === "win32" ? undefined : "/",
    windowsHide: true,
    env: { ...process.env, LC_ALL: "C" },
  });
  return new ProcessStream(child, (end) => {
    const { kind, message, reason } = sshFailure(end, ssh, `${label} (${source})`);
    return new EngineError(
      kind,
      message,
      end instanceof Error ? { cause: end, reason } : { reason },
    );
  });
}
