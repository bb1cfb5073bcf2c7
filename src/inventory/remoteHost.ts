/** Reads the engine's host where that is reached over ssh. */
import type { Endpoint } from "../docker/dockerHost";
import { findProgram } from "../docker/program";
import { sshScriptWords } from "../docker/sshTarget";
import { run } from "../host/run";
import { hostReading } from "./hostReading";
import type { HostReader } from "./hostWatch";

/** Milliseconds between two readings: each is a login. */
export const remoteInterval = 60_000;

/** Undefined where the host cannot be read this way. `hostName`: what the engine calls its host. */
export function remoteReader(endpoint: Endpoint, hostName: string): HostReader | undefined {
  if (endpoint.kind !== "ssh") return undefined;
  const { ssh } = endpoint;
  return async ({ signal }) => {
    const program = findProgram("ssh");
    if (program === undefined) return undefined;
    const { hostFromScript, hostScript } = await hostReading();
    const words = sshScriptWords(ssh);
    return hostFromScript(await run(program, words, signal, hostScript), hostName);
  };
}
