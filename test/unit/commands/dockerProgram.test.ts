import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endpointOptions, shellArguments } from "../../../src/commands/dockerProgram";
import { findProgram } from "../../../src/inventory/program";

describe("the docker command", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "macvlan-path-"));
    mkdirSync(join(folder, "a/docker"), { recursive: true });
    mkdirSync(join(folder, "b"));
    mkdirSync(join(folder, "c"));
    writeFileSync(join(folder, "b/docker"), "not to be run");
    writeFileSync(join(folder, "c/docker"), "#!/bin/sh\n");
    chmodSync(join(folder, "b/docker"), 0o644);
    chmodSync(join(folder, "c/docker"), 0o755);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the first in the PATH that is a program", () => {
    const path = ["a", "b", "c"].map((name) => join(folder, name)).join(":");
    assert.equal(findProgram("docker", path, [""]), join(folder, "c/docker"));
  });

  it("is never taken from a relative folder of the PATH", () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      assert.equal(findProgram("docker", "c:./c::.", [""]), undefined);
    } finally {
      process.chdir(before);
    }
  });

  it("is pointed at the engine of the tree", () => {
    const socket = "unix:///run/docker.sock";
    assert.deepEqual(endpointOptions({}, socket), ["-H", socket]);
    assert.deepEqual(endpointOptions({ dockerContext: "nas" }, socket), ["--context", "nas"]);
    assert.deepEqual(endpointOptions({ dockerHost: "ssh://nas", dockerContext: "x" }, socket), [
      "-H",
      "ssh://nas",
    ]);
    assert.deepEqual(endpointOptions({}, "tcp://nas:2376"), []);
  });

  it("gets the container as an argument of its own", () => {
    const argv = shellArguments(["-H", "unix:///s"], "0123abcd");
    assert.deepEqual(argv.slice(0, 7), ["-H", "unix:///s", "exec", "-it", "0123abcd", "sh", "-c"]);
    assert.equal(argv.length, 8);
  });
});
