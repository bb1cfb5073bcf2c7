/**
 * Runs the cases for real, in network and mount namespaces of its own (see ask.ts): the real docker
 * command, in every nth case, and our client. Prints the answers as JSON. `probe.ts N DOCKER...`: the words that
 * start docker.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createClient } from "../../src/docker/client";
import { resolveEndpoint } from "../../src/docker/endpoint";
import { thisWorld } from "../../src/docker/world";
import { type Answer, cases, home } from "./cases";
import { Listeners } from "./listeners";
import { withoutOptions } from "./predicted";

export interface Answers {
  readonly docker?: Answer;
  readonly ours: Answer;
}

const sshLog = "/run/ssh.log";
const programs = "/run/programs";
const path = `${programs}:/usr/bin:/bin`;

async function main(step: number, docker: readonly string[]): Promise<void> {
  prepare();
  const folder = mkdtempSync(join(tmpdir(), "endpoints-"));
  const listeners = new Listeners(folder);
  await listeners.openPorts();
  const answers: Record<string, Answers> = {};
  for (const [index, one] of cases.entries()) {
    const files = Object.entries(one.files ?? {});
    for (const dir of [home, "/run/dk", "/run/certs"])
      rmSync(dir, { recursive: true, force: true });
    mkdirSync(home);
    for (const [file, text] of files) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text.startsWith("@") ? listeners.pem(text) : text);
    }
    await listeners.openSockets(one.sockets ?? []);
    const env = { HOME: home, PATH: path, ...one.env };
    const theirs =
      index % step === 0 ? await answerOf(listeners, () => runDocker(docker, env)) : undefined;
    const ours = await answerOf(listeners, () => runOurs(env));
    await listeners.openSockets([]);
    answers[one.name] = { ...(theirs && { docker: theirs }), ours };
  }
  listeners.close();
  rmSync(folder, { recursive: true });
  process.stdout.write(JSON.stringify(answers));
}

/** An empty /run, a loopback interface, and an ssh that notes its words. */
function prepare(): void {
  for (const words of [
    ["mount", "-t", "tmpfs", "none", "/run"],
    ["ip", "link", "set", "lo", "up"],
  ]) {
    const [program = "", ...rest] = words;
    const { status, stderr } = spawnSync(program, rest, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
  }
  mkdirSync(programs);
  // Where /var/run is no link to /run.
  if (!existsSync("/var/run/programs")) spawnSync("mount", ["--bind", "/run", "/var/run"]);
  const script = `#!/bin/sh\nprintf '%s\\0' "$@" >> ${sshLog}\nprintf '\\n' >> ${sshLog}\nexit 255\n`;
  writeFileSync(join(programs, "ssh"), script, { mode: 0o755 });
}

/** What arrived somewhere, or the words of the refusal that `run` gives. */
async function answerOf(listeners: Listeners, run: () => Promise<string>): Promise<Answer> {
  rmSync(sshLog, { force: true });
  listeners.take();
  const words = await run();
  const arrival = listeners.take();
  if (arrival) return arrival;
  if (existsSync(sshLog)) {
    const [first = ""] = readFileSync(sshLog, "utf8").split("\n");
    return { ssh: withoutOptions(first.split("\0").slice(0, -1)) };
  }
  return { refused: words };
}

function runDocker(docker: readonly string[], env: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const [program = "", ...words] = docker;
    const child = spawn(program, [...words, "version"], { env, timeout: 20_000 });
    let said = "";
    child.stdout.resume();
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("close", () => {
      resolve(said.trim().split("\n").at(-1) ?? "");
    });
  });
}

async function runOurs(env: Record<string, string>): Promise<string> {
  const result = await resolveEndpoint({}, { ...thisWorld(), env, homeDir: home });
  if (!result.ok) return result.message;
  process.env["PATH"] = path;
  const client = createClient(result.endpoint, { connect: 5_000, answer: 5_000 });
  try {
    await client.ping();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    client.dispose();
  }
}

const [step = "1", ...docker] = process.argv.slice(2);
main(Number(step), docker).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
