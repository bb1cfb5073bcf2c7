/** An ssh server on the loopback interface, with keys of its own, and an ssh command that knows it. */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";

export interface SshServer {
  readonly host: string;
  /** A program to start in the place of ssh: the real one, with a configuration of its own. */
  ssh(options?: {
    readonly knows?: "the key" | "another key" | "nothing";
    readonly login?: boolean;
  }): string;
  /** Those who log in find this docker command, or none. */
  setDocker(script: string | undefined): void;
  stop(): Promise<void>;
}

/** `folder`: for its files; they go with it. */
export async function startSshServer(folder: string): Promise<SshServer> {
  chmodSync(folder, 0o700);
  const file = (name: string) => join(folder, name);
  const makeKey = (name: string) =>
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file(name)]);
  for (const name of ["host", "otherHost", "user", "stranger"]) makeKey(name);
  const publicKey = (name: string) =>
    execFileSync("cat", [file(`${name}.pub`)], { encoding: "utf8" });
  writeFileSync(file("authorized"), publicKey("user"), { mode: 0o600 });
  const bin = file("bin");
  mkdirSync(bin);
  // Where it was never started by the system.
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const port = await freePort();
  writeFileSync(
    file("sshd_config"),
    [
      ...["ListenAddress 127.0.0.1", `Port ${port}`, `HostKey ${file("host")}`, "UsePAM no"],
      ...[`AuthorizedKeysFile ${file("authorized")}`, "StrictModes no", "PidFile none"],
      ...["PasswordAuthentication no", "PermitRootLogin prohibit-password"],
      ...[`SetEnv PATH=${bin}:/usr/bin:/bin`, ""],
    ].join("\n"),
  );
  const server = spawn("/usr/sbin/sshd", ["-D", "-e", "-f", file("sshd_config")], {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) =>
    server.once("close", () => {
      resolve();
    }),
  );
  await untilListening(port);
  return {
    host: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    ssh({ knows = "the key", login = true } = {}) {
      const name = `ssh-${knows.replaceAll(" ", "-")}-${login}`;
      const key = { "the key": "host", "another key": "otherHost", nothing: undefined }[knows];
      const known = key === undefined ? "" : `[127.0.0.1]:${port} ${publicKey(key)}`;
      writeFileSync(file(`${name}-known`), known);
      const config = [
        ...["IdentitiesOnly yes", `IdentityFile ${file(login ? "user" : "stranger")}`],
        ...[`UserKnownHostsFile ${file(`${name}-known`)}`, "GlobalKnownHostsFile /dev/null", ""],
      ];
      writeFileSync(file(`${name}-config`), config.join("\n"));
      const script = `#!/bin/sh\nexec ssh -F '${file(`${name}-config`)}' "$@"\n`;
      writeFileSync(file(name), script, { mode: 0o755 });
      return file(name);
    },
    setDocker(script) {
      execFileSync("rm", ["-f", join(bin, "docker")]);
      if (script !== undefined) writeFileSync(join(bin, "docker"), script, { mode: 0o755 });
    },
    async stop() {
      server.kill();
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function untilListening(port: number): Promise<void> {
  const start = Date.now();
  const answers = () => {
    try {
      return (
        execFileSync("ssh-keyscan", ["-p", String(port), "127.0.0.1"], { stdio: "pipe" }).length > 0
      );
    } catch {
      return false;
    }
  };
  while (!answers()) {
    if (Date.now() - start > 30_000) throw new Error("sshd does not answer");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
