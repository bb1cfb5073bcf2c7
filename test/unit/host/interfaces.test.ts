import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { readHost } from "../../../src/host/interfaces";
import { run } from "../../../src/host/run";

describe("reading the host", () => {
  it("finds the interfaces that Node knows", async function () {
    if (process.platform !== "linux") {
      this.test!.title += ` (skipped: ${process.platform} has neither ip nor sysfs)`;
      this.skip();
    }
    const names = (await readHost())?.interfaces.map(({ name }) => name);
    for (const name of Object.keys(networkInterfaces())) assert.ok(names?.includes(name), name);
  });

  it("without `ip` finds them as well", async function () {
    if (process.platform !== "linux") {
      this.test!.title += ` (skipped: ${process.platform} has neither ip nor sysfs)`;
      this.skip();
    }
    const host = await readHost({ program: "no-such-ip" });
    assert.equal(host?.neighbours, undefined);
    for (const name of Object.keys(networkInterfaces())) {
      assert.ok(
        host?.interfaces.some((found) => found.name === name),
        name,
      );
    }
  });

  it("ends when it is aborted", async () => {
    await assert.rejects(readHost({ signal: AbortSignal.abort(new Error("stop")) }), /stop/);
  });
});

describe("a program of this machine", () => {
  it("gets its words as they are, without a shell", async () => {
    const words = ["; $(id)", "`id`", "-x", "a b"];
    const script = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
    const output = await run(process.execPath, ["-e", script, "--", ...words]);
    assert.deepEqual(JSON.parse(output), words);
  });

  it("rejects when it is missing or fails", async () => {
    await assert.rejects(run("no-such-program", []), /ENOENT/);
    await assert.rejects(run(process.execPath, ["-e", "process.exit(3)"]), /failed/);
  });
});
