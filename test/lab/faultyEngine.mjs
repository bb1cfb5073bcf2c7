// @ts-check
import { createServer, request as send } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * `refuse`: the engine is not asked, and the answer is 500. `lose`: the engine does it, and the answer is 500 all the same.
 * @typedef {"refuse" | "lose"} Fault
 */

/**
 * A socket before that of a real engine, which passes everything on but for what `faults` says.
 * @param {string} socketPath
 */
export async function startFaultyEngine(socketPath) {
  const folder = mkdtempSync(join(tmpdir(), "faulty-"));
  const path = join(folder, "docker.sock");
  /** Of what matches `METHOD /path` without the API version. @type {(readonly [RegExp, Fault])[]} */
  const faults = [];
  const server = createServer((request, response) => {
    const what = `${request.method} ${(request.url ?? "").replace(/^\/v\d+\.\d+/, "")}`;
    const [, fault] = faults.find(([pattern]) => pattern.test(what)) ?? [];
    const fail = () => {
      response.writeHead(500, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ message: "the disk of the lab is full" }));
    };
    if (fault === "refuse") return void request.resume().once("end", fail);
    const { method, url, headers } = request;
    const passed = send({ socketPath, method, path: url, headers }, (answer) => {
      if (fault) return void answer.resume().once("end", fail);
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    passed.once("error", () => response.destroy());
    response.once("close", () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise((resolve) => server.listen(path, () => resolve(undefined)));
  return {
    dockerHost: `unix://${path}`,
    faults,
    stop: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
