import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectTo, createServer as createPlainServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Server, createServer as createTlsServer } from "node:tls";
import { createClient } from "../../src/docker/client";
import { parseHost } from "../../src/docker/dockerHost";
import { resolveEndpoint } from "../../src/docker/endpoint";
import { type EngineClient, EngineError } from "../../src/docker/engineClient";
import { containerReader } from "../../src/inventory/containerHost";
import { type SshEndpoint, openSsh } from "../../src/docker/sshConnection";
import { thisWorld } from "../../src/docker/world";
import { dockerWords } from "../endpoints/ask";
import { contextFile, digestOf } from "../endpoints/cases";
import { makeCertificates } from "../endpoints/listeners";
import { ensurePrograms, whyNoApt } from "../lab/apt.mjs";
import { hasProgram } from "../lab/process.mjs";
import { engineRootfs } from "../lab/rootfs.mjs";
import { skip } from "../lab/skip.mjs";
import { useLab } from "../lab/suite.mjs";
import { type SshServer, startSshServer } from "./sshServer";

async function failureOf(client: EngineClient): Promise<EngineError> {
  const error: unknown = await client.info().then(
    () => assert.fail("it was let in"),
    (reason: unknown) => reason,
  );
  client.dispose();
  assert.ok(error instanceof EngineError, String(error));
  return error;
}

/** The engine answers, and its events arrive. */
async function works(client: EngineClient, version: string): Promise<void> {
  const info = await client.info();
  assert.equal(info.version.split("+")[0], version);
  const abort = new AbortController();
  const events: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.events(
      {
        onOpen: resolve,
        onEvent: ({ type, action }) => events.push(`${type} ${action}`),
        onEnd: reject,
      },
      abort,
    );
  });
  const id = await client.createNetwork({
    ...{ name: "seen", driver: "bridge", internal: true, enableIpv6: false, pools: [] },
  } as never);
  await client.removeNetwork(id);
  const start = Date.now();
  while (!events.includes("network destroy")) {
    assert.ok(Date.now() - start < 10_000, `only ${events.join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  abort.abort();
  client.dispose();
}

describe("a real engine behind TLS", function () {
  this.timeout(120_000);
  const lab = useLab();
  let folder: string;
  let server: Server;
  let host: string;

  before(async function () {
    if (!hasProgram("openssl")) {
      const reason = whyNoApt();
      if (reason) skip(this, `openssl is missing and ${reason}`);
      await ensurePrograms({ openssl: "openssl" });
    }
    folder = mkdtempSync(join(tmpdir(), "tls-"));
    makeCertificates(join(folder, "pems"));
    const pem = (name: string) => readFileSync(join(folder, "pems", `${name}.pem`));
    server = createTlsServer(
      {
        ...{ ca: pem("ca"), cert: pem("serverCert"), key: pem("serverKey") },
        ...{ requestCert: true, rejectUnauthorized: true },
      },
      (socket) => {
        const engine = connectTo(lab().dockerHost.replace("unix://", ""));
        for (const end of [socket, engine]) {
          end.on("error", () => {
            socket.destroy();
            engine.destroy();
          });
        }
        socket.pipe(engine).pipe(socket);
      },
    );
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    host = `tcp://127.0.0.1:${(server.address() as { port: number }).port}`;
  });

  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** A docker configuration with the context lab, which has these PEM files. */
  async function clientOf(
    pems: Readonly<Record<string, string>>,
    at = host,
  ): Promise<EngineClient> {
    const config = mkdtempSync(join(folder, "config-"));
    const tls = `${config}/contexts/tls/${digestOf("lab")}/docker`;
    mkdirSync(tls, { recursive: true });
    for (const [name, source] of Object.entries(pems)) {
      cpSync(join(folder, "pems", `${source}.pem`), join(tls, `${name}.pem`));
    }
    for (const [path, text] of Object.entries(contextFile("lab", { Host: at }, config))) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const env = { DOCKER_CONFIG: config, DOCKER_CONTEXT: "lab" };
    const result = await resolveEndpoint({}, { ...thisWorld(), env });
    assert.ok(result.ok);
    return createClient(result.endpoint);
  }

  it("is reached with the certificates of a context", async () => {
    await works(await clientOf({ ca: "ca", cert: "cert", key: "key" }), await lab().version());
  });

  it("has its host read by a container, whose output comes over the same connection", async () => {
    const client = await clientOf({ ca: "ca", cert: "cert", key: "key" });
    const read = containerReader(
      () => Promise.resolve(client),
      (trouble) => {
        assert.equal(trouble, undefined);
      },
    );
    const host = await read({ signal: new AbortController().signal });
    assert.equal(host?.interfaces.find(({ name }) => name === "lan0")?.mac, "52:54:00:00:50:10");
    const answer = await lab().api("GET", "/containers/json?all=1");
    assert.deepEqual(answer.body, []);
  });

  it("is refused when another CA vouches for it", async () => {
    const error = await failureOf(await clientOf({ ca: "otherCa", cert: "cert", key: "key" }));
    assert.deepEqual([error.kind, error.reason], ["denied", "tls"]);
    assert.match(error.message, /not of the CA/);
  });

  it("is refused when its certificate is for another name", async () => {
    const other = host.replace("127.0.0.1", "127.0.0.2");
    server.close();
    const { port } = new URL(host);
    await new Promise<void>((resolve) => server.listen(Number(port), "0.0.0.0", resolve));
    const error = await failureOf(await clientOf({ ca: "ca", cert: "cert", key: "key" }, other));
    assert.equal(error.reason, "tls");
    assert.match(error.message, /made for other names/);
  });

  it("lets nobody in without a certificate", async () => {
    const error = await failureOf(await clientOf({ ca: "ca" }));
    assert.equal(error.reason, "tls", error.message);
    assert.match(error.message, /did not accept the certificate of this side/);
  });

  it("is not spoken to in TLS where it does not speak it", async () => {
    const plain = createPlainServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    });
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const { port } = plain.address() as { port: number };
    const at = `tcp://127.0.0.1:${port}`;
    const error = await failureOf(await clientOf({ ca: "ca", cert: "cert", key: "key" }, at));
    plain.close();
    assert.equal(error.reason, "tls", error.message);
    assert.match(error.message, /does not speak TLS/);
  });
});

describe("a real engine behind ssh", function () {
  this.timeout(180_000);
  const lab = useLab();
  let folder: string;
  let server: SshServer;
  let docker: string;

  before(async function () {
    if (!hasProgram("sshd")) {
      const reason = whyNoApt();
      if (reason) skip(this, `sshd is missing and ${reason}`);
      await ensurePrograms({ sshd: "openssh-server" });
    }
    folder = mkdtempSync(join(tmpdir(), "sshd-"));
    server = await startSshServer(folder);
    const words = dockerWords(await engineRootfs("sid")).map((word) => `'${word}'`);
    docker = `#!/bin/sh\nexport DOCKER_HOST="\${LAB:-${lab().dockerHost}}"\nexec ${words.join(" ")} "$@"\n`;
  });

  beforeEach(() => {
    server.setDocker(docker);
  });

  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  function clientOf(program: string, path = ""): EngineClient {
    const endpoint = parseHost(server.host + path, "test");
    assert.ok("kind" in endpoint);
    const dial = () => openSsh(endpoint as SshEndpoint, () => program);
    return createClient(endpoint, { connect: 5_000, answer: 30_000 }, { dial });
  }

  it("is reached", async function () {
    // Each of its requests is a login.
    this.timeout(240_000);
    await works(clientOf(server.ssh()), await lab().version());
  });

  it("is not reached while its host key is unknown", async () => {
    const error = await failureOf(clientOf(server.ssh({ knows: "nothing" })));
    assert.deepEqual([error.kind, error.reason], ["denied", "sshUnknownKey"], error.message);
  });

  it("is refused when its host key has changed", async () => {
    const error = await failureOf(clientOf(server.ssh({ knows: "another key" })));
    assert.deepEqual([error.kind, error.reason], ["denied", "sshChangedKey"], error.message);
  });

  it("does not wait for a password", async () => {
    const error = await failureOf(clientOf(server.ssh({ login: false })));
    assert.deepEqual([error.kind, error.reason], ["denied", "sshLogin"], error.message);
  });

  it("is not reached without a docker command over there", async () => {
    server.setDocker(undefined);
    const error = await failureOf(clientOf(server.ssh()));
    assert.deepEqual([error.kind, error.reason], ["absent", "remoteDocker"], error.message);
  });

  it("is absent where no engine listens over there", async () => {
    const error = await failureOf(clientOf(server.ssh(), "/run/none/docker.sock"));
    assert.equal(error.kind, "absent", error.message);
    assert.match(error.message, /no engine runs there/);
  });

  it("is unreachable without an ssh server", async () => {
    const endpoint = parseHost("ssh://127.0.0.1:1", "test");
    assert.ok("kind" in endpoint);
    const error = await failureOf(
      createClient(endpoint, undefined, {
        dial: () => openSsh(endpoint as SshEndpoint, () => server.ssh()),
      }),
    );
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /no ssh server listens there/);
  });
});
