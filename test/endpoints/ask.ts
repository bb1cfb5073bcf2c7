/** Asks the real docker command, and our client, what they do in each case; both really connect. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { engineRootfs } from "../lab/rootfs.mjs";
import type { Answers } from "./probe";

const project = join(__dirname, "../..");

/** Why the docker command cannot be asked on this machine, or undefined. */
export function whyNot(): string | undefined {
  if (process.platform !== "linux") return `needs Linux, this is ${process.platform}`;
  return process.getuid?.() === 0 ? undefined : "needs root (namespaces)";
}

/**
 * By name of the case; docker in every `step`th, which takes it 0.1 s or, on a busy machine, one. The
 * docker command is the one of the newest engine of the lab.
 */
export async function askForReal(step = 1): Promise<Record<string, Answers>> {
  const docker = dockerWords(await engineRootfs("sid"));
  const tsx = ["--import=tsx", join(__dirname, "probe.ts")];
  const words = ["--net", "--mount", process.execPath, ...tsx, String(step), ...docker];
  const child = spawn("unshare", words, { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on(
    "data",
    (chunk: Buffer) => ((errors += chunk.toString()), process.stderr.write(chunk)),
  );
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the probe ended with ${String(code)}: ${errors}`);
  return JSON.parse(output) as Record<string, Answers>;
}

/** The docker command of a root folder, with that folder's own libraries: it sees this machine's files. */
export function dockerWords(rootfs: string): string[] {
  return [
    ...[join(rootfs, "lib64/ld-linux-x86-64.so.2"), "--library-path"],
    ...[join(rootfs, "usr/lib/x86_64-linux-gnu"), join(rootfs, "usr/bin/docker")],
  ];
}
