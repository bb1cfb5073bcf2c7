import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { type RequestListener, type Server, createServer } from "node:http";
import { type Socket, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "../../../src/docker/client";
import { parseHost } from "../../../src/docker/dockerHost";
import { type EngineClient, EngineError, type EngineEvent } from "../../../src/docker/engineClient";

const limits = { connect: 300, answer: 300 };
const version = { Version: "28.5.2", ApiVersion: "1.51", MinAPIVersion: "1.24", Os: "linux" };

/** Answers as an engine where `listener` does not. */
function withVersion(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url === "/version") response.end(JSON.stringify(version));
    else listener(request, response);
  };
}

describe("the engine's client", () => {
  let folder: string;
  let server: Server | undefined;
  let client: EngineClient;
  const sockets = new Set<Socket>();

  async function serve(listener: RequestListener): Promise<void> {
    const path = join(folder, "docker.sock");
    server = createServer(withVersion(listener));
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    client = clientFor(`unix://${path}`);
  }

  function clientFor(host: string): EngineClient {
    const endpoint = parseHost(host, "test");
    assert.ok("kind" in endpoint);
    return createClient(endpoint, limits);
  }

  async function errorOf(promise: Promise<unknown>): Promise<EngineError> {
    const error: unknown = await promise.then(
      () => assert.fail("did not reject"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    return error;
  }

  /** All connections are closed, as the server sees it. */
  async function untilNoSocket(): Promise<void> {
    const start = Date.now();
    while (sockets.size > 0) {
      assert.ok(Date.now() - start < 100, "a socket stays open");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-"));
  });

  afterEach(() => {
    server?.close();
    for (const socket of sockets) socket.destroy();
    server = undefined;
    rmSync(folder, { recursive: true });
  });

  it("speaks the version that was agreed upon, asked for once", async () => {
    const urls: string[] = [];
    await serve((request, response) => {
      urls.push(request.url ?? "");
      response.end("[]");
    });
    await client.listNetworks();
    await client.listContainers();
    assert.deepEqual(urls, ["/v1.51/networks", "/v1.51/containers/json?all=1"]);
  });

  it("reads a list of containers anew only where the engine answers otherwise than the last time", async () => {
    let state = "running";
    await serve((_request, response) => {
      response.end(JSON.stringify([{ Id: "c1", Names: ["/web"], State: state }]));
    });
    const first = await client.listContainers();
    assert.equal(await client.listContainers(), first);
    assert.notEqual(await client.listContainers({ ids: ["c1"] }), first, "another question");
    state = "exited";
    const other = await client.listContainers();
    assert.equal(other[0]?.running, false);
    assert.equal(await client.listContainers(), other);
    state = "running";
    assert.deepEqual(await client.listContainers(), first);
  });

  it("asks for single objects in one request of each kind", async () => {
    const asked: string[] = [];
    await serve((request, response) => {
      asked.push(decodeURIComponent(request.url ?? ""));
      response.end("[]");
    });
    await client.listNetworks({ ids: ["n1"] });
    await client.listContainers({ ids: ["c1", "c2"] });
    assert.deepEqual(asked, [
      '/v1.51/networks?filters={"id":["n1"]}',
      '/v1.51/containers/json?all=1&filters={"id":["c1","c2"]}',
    ]);
  });

  it("gives the engine's own words when it refuses a list, and calls no engine what is none", async () => {
    let answer = "";
    await serve((_, response) => response.writeHead(answer === "" ? 200 : 500).end(answer));
    assert.equal((await errorOf(client.listNetworks())).kind, "unreachable");
    answer = JSON.stringify({ message: "the store is broken" });
    const error = await errorOf(client.listContainers());
    assert.equal(error.kind, "rejected");
    assert.equal(error.message, "the store is broken");
  });

  it("does not go to DOCKER_HOST when another endpoint was chosen", async () => {
    await serve((_, response) => response.end("[]"));
    const saved = process.env["DOCKER_HOST"];
    process.env["DOCKER_HOST"] = "tcp://127.0.0.1:1";
    try {
      assert.deepEqual(await client.listNetworks(), []);
      assert.equal(process.env["DOCKER_HOST"], "tcp://127.0.0.1:1");
    } finally {
      if (saved === undefined) delete process.env["DOCKER_HOST"];
      else process.env["DOCKER_HOST"] = saved;
    }
  });

  it("calls a missing socket absent", async () => {
    const error = await errorOf(clientFor(`unix://${folder}/none.sock`).listNetworks());
    assert.equal(error.kind, "absent");
  });

  it("calls a port without a listener absent", async () => {
    assert.equal((await errorOf(clientFor("tcp://127.0.0.1:1").ping())).kind, "absent");
  });

  it("gives an answer up that does not come", async () => {
    await serve(() => undefined);
    const error = await errorOf(client.listNetworks());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /did not answer within 0\.3 s/);
    await untilNoSocket();
  });

  it("notices an answer that breaks off, before the limit", async () => {
    await serve((_, response) => {
      response.writeHead(200, { "Content-Length": 100 });
      response.write("[{");
      setTimeout(() => response.destroy(), 10);
    });
    const start = performance.now();
    const error = await errorOf(client.listNetworks());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /before it had answered|failed/);
    assert.ok(performance.now() - start < limits.answer);
  });

  it("closes the connection when it is aborted, and rejects with the reason", async () => {
    await serve(() => undefined);
    const abort = new AbortController();
    const reason = new Error("no longer wanted");
    setTimeout(() => {
      abort.abort(reason);
    }, 30);
    await assert.rejects(client.listNetworks({ signal: abort.signal }), reason);
    await untilNoSocket();
    await assert.rejects(client.ping({ signal: abort.signal }), reason);
  });

  it("leaves no timer behind an answer", async () => {
    await serve((_, response) => response.end("[]"));
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    for (let i = 0; i < 20; i++) await client.listNetworks();
    await untilNoSocket();
    assert.ok(timers() <= before, `${timers()} timers, ${before} before`);
  });

  it("closes all connections when it is disposed", async () => {
    await serve(() => undefined);
    const pending = errorOf(client.inspectNetwork("lan"));
    await new Promise((resolve) => setTimeout(resolve, 30));
    client.dispose();
    await pending;
    await untilNoSocket();
    assert.equal((await errorOf(client.ping())).kind, "unreachable");
  });

  it("gives the engine's own words", async () => {
    await serve((_, response) => {
      response.writeHead(409, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ message: "network with name lan already exists" }));
    });
    const spec = { name: "lan", driver: "macvlan", internal: false, enableIpv6: false } as const;
    const error = await errorOf(client.createNetwork({ ...spec, pools: [] }));
    assert.equal(error.kind, "conflict");
    assert.equal(error.message, "network with name lan already exists");
  });

  it("puts names into the path as one part", async () => {
    let url: string | undefined;
    await serve((request, response) => {
      url = request.url;
      response.end("{}");
    });
    await client.inspectContainer("../networks?x=1");
    assert.equal(url, "/v1.51/containers/..%2Fnetworks%3Fx%3D1/json");
  });

  it("makes a container under its name, and starts it by its id", async () => {
    const seen: string[] = [];
    await serve((request, response) => {
      // dockerode repeats the body in the query.
      const asked = (request.url ?? "").split("&")[0] ?? "";
      seen.push(`${request.method ?? ""} ${asked}`);
      if (request.url?.includes("/create")) {
        response.writeHead(201).end(JSON.stringify({ Id: "c1" }));
      } else {
        response.writeHead(403).end(JSON.stringify({ message: "Address already in use" }));
      }
    });
    const spec = { image: "busybox", name: "box", networkName: "lan" };
    const id = await client.createContainer(spec);
    const error = await errorOf(client.startContainer(id));
    assert.equal(error.message, "Address already in use");
    assert.deepEqual(seen, [
      "POST /v1.51/containers/create?name=box",
      "POST /v1.51/containers/c1/start",
    ]);
  });

  it("names the image that is not there", async () => {
    await serve((_, response) => {
      response.writeHead(404).end(JSON.stringify({ message: "No such image: nope:latest" }));
    });
    const error = await errorOf(client.createContainer({ image: "nope", networkName: "lan" }));
    assert.equal(error.kind, "notFound");
    assert.equal(error.missingImage, "nope");
  });

  it("refuses a MAC address that the engine would ignore", async () => {
    await serve((_, response) => response.end("{}"));
    const error = await errorOf(
      client.connect({ networkId: "n", containerId: "c", mac: "02:42:00:00:00:05" }),
    );
    assert.equal(error.kind, "rejected");
    assert.match(error.message, /API 1\.54/);
  });

  it("hears events however they are cut, and the end of the stream", async () => {
    const line = JSON.stringify({ Type: "network", Action: "create", Actor: { ID: "n1" } });
    await serve((_, response) => {
      response.writeHead(200);
      response.write(`${line}\n${line.slice(0, 20)}`);
      setTimeout(() => response.end(`${line.slice(20)}\n`), 20);
    });
    const events: EngineEvent[] = [];
    let opened = 0;
    await new Promise<void>((resolve) => {
      client.events(
        {
          onOpen: () => opened++,
          onEvent: (event) => events.push(event),
          onEnd: () => {
            resolve();
          },
        },
        { signal: new AbortController().signal },
      );
    });
    assert.equal(opened, 1);
    assert.deepEqual(
      events.map(({ id }) => id),
      ["n1", "n1"],
    );
  });

  it("gives up a subscription that the engine does not confirm, and keeps one that is silent", async () => {
    let confirm = false;
    await serve((_, response) => {
      if (confirm) response.writeHead(200).flushHeaders();
    });
    const ended = await new Promise<EngineError | undefined>((resolve) => {
      client.events(
        { onEvent: () => undefined, onEnd: resolve },
        { signal: AbortSignal.abort("x") },
      );
      client.events(
        { onEvent: () => undefined, onEnd: resolve },
        { signal: new AbortController().signal },
      );
    });
    assert.equal(ended?.kind, "unreachable");
    confirm = true;
    const abort = new AbortController();
    let over = false;
    client.events(
      { onEvent: () => undefined, onEnd: () => (over = true) },
      { signal: abort.signal },
    );
    await new Promise((resolve) => setTimeout(resolve, limits.answer + 100));
    assert.equal(sockets.size, 1);
    abort.abort();
    await untilNoSocket();
    assert.equal(over, false);
  });

  it("gives up a connection that is accepted and never becomes one", async () => {
    // A TLS handshake that is never answered.
    const silent = createNetServer((socket) => socket.on("error", () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    try {
      const endpoint = parseHost(`tcp://127.0.0.1:${port}`, "test", { verify: true });
      assert.ok("kind" in endpoint);
      const error = await errorOf(createClient(endpoint, limits).ping());
      assert.equal(error.kind, "unreachable");
    } finally {
      silent.close();
    }
  });

  it("says of an engine before 20.10 that it is too old", async () => {
    const path = join(folder, "docker.sock");
    const old = { Version: "19.03.15", ApiVersion: "1.40", MinAPIVersion: "1.12", Os: "linux" };
    server = createServer((_, response) => response.end(JSON.stringify(old)));
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    const error = await errorOf(clientFor(`unix://${path}`).listNetworks());
    assert.equal(error.reason, "apiTooOld");
    assert.match(error.message, /Docker 19\.03\.15 .* API 1\.40\. .* 1\.41, of Docker 20\.10/);
  });

  it("is no client of something else", async () => {
    const path = join(folder, "docker.sock");
    server = createServer((_, response) => response.end("<html>hello</html>"));
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    const error = await errorOf(clientFor(`unix://${path}`).listNetworks());
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /is not a Docker engine/);
  });
});
