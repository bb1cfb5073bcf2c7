import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "../../../src/docker/client";
import { parseHost } from "../../../src/docker/dockerHost";
import { EngineError, type EngineErrorReason } from "../../../src/docker/engineClient";
import { findProgram } from "../../../src/docker/program";
import { openSsh, type SshEndpoint } from "../../../src/docker/sshConnection";
import { sshFailure } from "../../../src/docker/sshFailure";
import { parseSsh, sshScriptWords, sshWords } from "../../../src/docker/sshTarget";

const limits = { connect: 1_000, answer: 1_500 };

function endpointOf(host: string): SshEndpoint {
  const endpoint = parseHost(host, "test");
  assert.ok("kind" in endpoint && endpoint.kind === "ssh");
  return endpoint;
}

describe("an engine behind ssh", function () {
  this.timeout(10_000);
  let folder: string;
  let program: string;

  /** A program in the place of ssh; `notes` is a file for what it wants to tell. */
  function ssh(script: string): void {
    const text = `#!${process.execPath}\nconst fs = require("node:fs");\nconst notes = ${JSON.stringify(join(folder, "notes"))};\n${script}`;
    writeFileSync(program, text, { mode: 0o755 });
  }
  const notes = () => readFileSync(join(folder, "notes"), "utf8");
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  async function until(what: () => boolean): Promise<void> {
    const start = Date.now();
    while (!what()) {
      assert.ok(Date.now() - start < 3_000, "not within 3 s");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ssh-"));
    program = join(folder, "ssh");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const clientFor = (host: string) =>
    createClient(endpointOf(host), limits, {
      dial: (endpoint) => openSsh(endpoint as SshEndpoint, () => program),
    });

  async function failureOf(host: string): Promise<EngineError> {
    const client = clientFor(host);
    const error: unknown = await client.ping().then(
      () => assert.fail("did not reject"),
      (reason: unknown) => reason,
    );
    client.dispose();
    assert.ok(error instanceof EngineError, String(error));
    return error;
  }

  it("is asked through the standard input and output of ssh", async () => {
    const socket = join(folder, "engine.sock");
    const requests: string[] = [];
    const server = createServer((connection) => {
      connection.on("data", (chunk) => {
        requests.push(chunk.toString());
        const body = JSON.stringify({ Version: "28.5.2", ApiVersion: "1.51", Os: "linux" });
        connection.end(
          `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    ssh(
      `fs.writeFileSync(notes, JSON.stringify(process.argv.slice(2)));
       const s = require("node:net").connect(${JSON.stringify(socket)});
       process.stdin.pipe(s).pipe(process.stdout);`,
    );
    const client = clientFor("ssh://me@nas:2222");
    try {
      await client.ping();
      assert.match(requests.join(), /^GET \/version HTTP\/1\.1\r\nHost: docker\r\n/);
      assert.deepEqual(JSON.parse(notes()), sshWords({ host: "nas", user: "me", port: 2222 }));
    } finally {
      client.dispose();
      server.close();
    }
  });

  it("ends the process when the call is given up", async () => {
    ssh("fs.writeFileSync(notes, String(process.pid)); setInterval(() => {}, 1000);");
    const client = clientFor("ssh://nas");
    const abort = new AbortController();
    const call = client.ping({ signal: abort.signal });
    await until(() => {
      try {
        return notes() !== "";
      } catch {
        return false;
      }
    });
    const pid = Number(notes());
    assert.ok(isAlive(pid));
    abort.abort(new Error("enough"));
    await assert.rejects(call, /enough/);
    await until(() => !isAlive(pid));
    client.dispose();
  });

  it("does not wait for ever for one that says nothing", async () => {
    ssh("setInterval(() => {}, 1000);");
    const error = await failureOf("ssh://nas");
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /did not answer within 1\.5 s/);
  });

  it("says in which step it failed", async () => {
    ssh(
      'process.stderr.write("me@nas: Permission denied (publickey,password).\\n"); process.exit(255);',
    );
    const error = await failureOf("ssh://me@nas");
    assert.equal(error.kind, "denied");
    assert.equal(error.reason, "sshLogin");
    assert.match(error.message, /ssh-copy-id me@nas/);
    assert.match(error.message, /Permission denied \(publickey,password\)/);
  });

  it("needs an ssh command", () => {
    assert.throws(
      () => openSsh(endpointOf("ssh://nas"), () => findProgram("ssh", "relative:/nowhere")),
      (error) => error instanceof EngineError && error.reason === "sshProgram",
    );
  });

  it("survives a program that cannot be started", async () => {
    writeFileSync(program, "no program", { mode: 0o644 });
    assert.equal((await failureOf("ssh://nas")).reason, "sshProgram");
  });
});

describe("the words for ssh", () => {
  it("is asked for a shell with the same care as for the engine", () => {
    const target = { host: "nas", user: "me", port: 2222 };
    const [engine, script] = [sshWords(target), sshScriptWords(target)];
    assert.deepEqual(script.slice(-2), ["sh", "-s"]);
    assert.deepEqual(script.slice(0, -2), engine.slice(0, -3));
    assert.ok(script.includes("BatchMode=yes"));
  });

  it("ask nobody, and end its options before the host", () => {
    const words = sshWords({ host: "nas", user: "me" });
    assert.ok(words.includes("BatchMode=yes"));
    assert.deepEqual(words.slice(words.indexOf("--")), [
      ...["--", "nas", "docker", "system", "dial-stdio"],
    ]);
  });

  it("quote the path of a socket for the shell over there", () => {
    const words = sshWords({ host: "nas", socketPath: "/run/$(id) d'q.sock" });
    assert.equal(
      words.slice(words.indexOf("--") + 2).join(" "),
      `docker '--host=unix:///run/$(id) d'\\''q.sock' system dial-stdio`,
    );
  });

  for (const host of [
    ...["ssh://-oProxyCommand=id", "ssh://-l@nas", "ssh://nas$(id)", "ssh://nas;id", "ssh://a b"],
    ...["ssh://`id`@nas", "ssh://me%0a@nas", "ssh://me%00@nas", "ssh://me%20-oX@nas", "ssh://na|s"],
    ...["ssh://%2doProxyCommand=id", "ssh://me%5c@nas", "ssh://%6e%%", "ssh://nas/%0a"],
  ]) {
    it(`are never made of ${host}`, () => {
      assert.equal(typeof parseSsh(host), "string");
    });
  }
});

describe("the end of ssh", () => {
  const target = { host: "nas", user: "me", port: 2222 };
  const of = (stderr: string, code = 255) =>
    sshFailure({ code, stderr }, target, "ssh://me@nas:2222 (DOCKER_HOST)");
  const cases: [string, string, EngineErrorReason | undefined, RegExp][] = [
    [
      `@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@\nOffending ED25519 key in /home/me/.ssh/known_hosts:3\nHost key for nas has changed and you have requested strict checking.\nHost key verification failed.`,
      "denied",
      "sshChangedKey",
      /ssh-keygen -R \[nas\]:2222/,
    ],
    [
      "No ED25519 host key is known for nas and you have requested strict checking.\nHost key verification failed.",
      "denied",
      "sshUnknownKey",
      /ssh -p 2222 me@nas/,
    ],
    ["me@nas: Permission denied (publickey).", "denied", "sshLogin", /ssh-copy-id -p 2222 me@nas/],
    [
      "ssh: Could not resolve hostname nas: Name or service not known",
      "unreachable",
      undefined,
      /leads to no address/,
    ],
    [
      "ssh: connect to host nas port 2222: Connection refused",
      "unreachable",
      undefined,
      /no ssh server listens/,
    ],
    [
      "ssh: connect to host nas port 2222: Connection timed out",
      "unreachable",
      undefined,
      /does not answer/,
    ],
    ["bash: line 1: docker: command not found", "absent", "remoteDocker", /Docker CLI there/],
    ["sh: 1: docker: not found", "absent", "remoteDocker", /Docker CLI there/],
    [
      "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock",
      "denied",
      undefined,
      /may not use the engine there/,
    ],
    [
      "dial unix /var/run/docker.sock: connect: connection refused",
      "absent",
      undefined,
      /no engine runs there/,
    ],
    ["docker: 'system' is not a docker command.", "absent", "remoteDocker", /Update it/],
  ];
  for (const [words, kind, reason, message] of cases) {
    it(`means something: ${words.split("\n").at(-1) ?? ""}`, () => {
      const failure = of(words);
      assert.equal(failure.kind, kind);
      assert.equal(failure.reason, reason);
      assert.match(failure.message, message);
      assert.match(failure.message, /^ssh:\/\/me@nas:2222 \(DOCKER_HOST\) cannot be reached: /);
    });
  }

  it("without a known word is told in ssh's own", () => {
    assert.match(of("kex_exchange: odd").message, /broke off\. \(ssh says: kex_exchange: odd\)/);
    assert.match(of("", 0).message, /ssh ended with 0/);
  });
});
