import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { listContexts } from "../../../src/docker/contexts";
import type { EndpointWorld } from "../../../src/docker/endpoint";

const folder = "/home/ann/.docker/contexts/meta";
const sha = (name: string) => createHash("sha256").update(name).digest("hex");

function contextsOf(current: string | undefined, stored: Record<string, unknown>) {
  const files = new Map(
    Object.entries(stored).map(([name, meta]) => [
      `${folder}/${sha(name)}/meta.json`,
      typeof meta === "string" ? meta : JSON.stringify(meta),
    ]),
  );
  if (current)
    files.set("/home/ann/.docker/config.json", JSON.stringify({ currentContext: current }));
  const world: EndpointWorld = {
    ...{ env: {}, platform: "linux", homeDir: "/home/ann" },
    readFile: (path) => Promise.resolve(files.get(path)),
    exists: () => Promise.resolve(false),
  };
  return listContexts(world, (path) =>
    Promise.resolve(path === folder ? Object.keys(stored).map(sha) : []),
  );
}

describe("the contexts of the docker command", () => {
  it("are listed with default first, and the current one marked", async () => {
    const meta = (Name: string, Host: string, Metadata = {}) => ({
      ...{ Name, Metadata, Endpoints: { docker: { Host } } },
    });
    const found = await contextsOf("lab", {
      zoo: meta("zoo", "tcp://zoo:2376"),
      lab: meta("lab", "ssh://me:secret@lab", { Description: "the lab" }),
    });
    assert.deepEqual(found, [
      { name: "default", host: "", isCurrent: false },
      { name: "lab", host: "ssh://lab", description: "the lab", isCurrent: true },
      { name: "zoo", host: "tcp://zoo:2376", isCurrent: false },
    ]);
  });

  it("leave out what cannot be read", async () => {
    const found = await contextsOf(undefined, { lab: "{oops", empty: {} });
    assert.deepEqual(found, [{ name: "default", host: "", isCurrent: true }]);
  });

  it("are default alone where there are no files", async () => {
    const world: EndpointWorld = {
      ...{ env: {}, platform: "linux", homeDir: "/nowhere/at/all" },
      ...{ readFile: () => Promise.resolve(undefined), exists: () => Promise.resolve(false) },
    };
    assert.equal((await listContexts(world)).length, 1);
  });
});
