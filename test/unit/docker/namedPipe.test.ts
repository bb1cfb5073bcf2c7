/**
 * The way to an engine on Windows, as far as it can be gone elsewhere: there the name of a pipe is that of a
 * socket in the current folder, backslashes included, and all the rest of the way is the same.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { type RequestListener, type Server, createServer } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "../../../src/docker/client";
import { parseContextHost, parseHost } from "../../../src/docker/dockerHost";
import { type EngineClient, EngineError } from "../../../src/docker/engineClient";

const version = { Version: "28.5.2", ApiVersion: "1.51", MinAPIVersion: "1.24", Os: "linux" };
/** Of this process: on Windows names of pipes are known to the whole machine. */
const name = `macvlan-test-${process.pid}`;
const host = `npipe:////./pipe/${name}`;
const pipe = `\\\\.\\pipe\\${name}`;

describe("an engine behind a named pipe", () => {
  const before = process.cwd();
  let folder: string;
  let server: Server;
  let client: EngineClient;
  const sockets = new Set<Socket>();

  async function serve(listener: RequestListener): Promise<void> {
    server = createServer(listener);
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(pipe, resolve));
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pipe-"));
    process.chdir(folder);
    const endpoint = parseHost(host, "test");
    assert.ok("kind" in endpoint && endpoint.kind === "npipe");
    assert.equal(endpoint.path, pipe);
    assert.equal(endpoint.label, host);
    assert.deepEqual(parseContextHost(host, "test"), endpoint);
    client = createClient(endpoint, { connect: 1_000, answer: 1_000 });
  });

  afterEach(() => {
    client.dispose();
    server.close();
    for (const socket of sockets) socket.destroy();
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  it("is asked, changed and followed through it", async () => {
    const asked: string[] = [];
    await serve((request, response) => {
      const path = (request.url ?? "").split("?")[0] ?? "";
      asked.push(`${request.method ?? ""} ${path} ${request.headers.host ?? ""}`);
      if (path === "/version") response.end(JSON.stringify(version));
      else if (path === "/v1.51/networks") {
        response.end(JSON.stringify([{ Id: "n1", Name: "lan", Driver: "macvlan" }]));
      } else if (path === "/v1.51/events") {
        response.end(
          `${JSON.stringify({ Type: "network", Action: "create", Actor: { ID: "n1" } })}\n`,
        );
      } else response.writeHead(204).end();
    });
    assert.deepEqual(
      (await client.listNetworks()).map((network) => network.name),
      ["lan"],
    );
    await client.removeNetwork("n1");
    const events: string[] = [];
    await new Promise<void>((resolve) => {
      client.events(
        {
          onOpen: () => undefined,
          onEvent: ({ action, id }) => events.push(`${action} ${id}`),
          onEnd: () => {
            resolve();
          },
        },
        { signal: new AbortController().signal },
      );
    });
    assert.deepEqual(events, ["create n1"]);
    assert.deepEqual(
      asked.map((line) => line.split(" ").slice(0, 2).join(" ")),
      ["GET /version", "GET /v1.51/networks", "DELETE /v1.51/networks/n1", "GET /v1.51/events"],
    );
    // A pipe's name would be no host, and Go answers 400 to it.
    for (const line of asked) assert.doesNotMatch(line, /pipe/, line);
  });

  it("is absent when there is no such pipe", async () => {
    await serve((_, response) => response.end());
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(client.ping(), (error) => {
      assert.ok(error instanceof EngineError);
      assert.equal(error.kind, "absent");
      assert.equal(error.message, `Nothing answers at ${host}.`);
      return true;
    });
  });
});
