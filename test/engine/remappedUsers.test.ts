/** An engine with `userns-remap`, where a container on the host's network needs the host's users as well. */
import assert from "node:assert/strict";
import { createClient } from "../../src/docker/client";
import { parseHost } from "../../src/docker/dockerHost";
import { containerReader } from "../../src/inventory/containerHost";
import { type Lab, startLab } from "../lab/lab.mjs";
import { useLab } from "../lab/suite.mjs";

describe("a real engine that remaps users", function () {
  this.timeout(120_000);
  const plain = useLab();
  let lab: Lab | undefined;

  afterEach(async () => {
    await lab?.stop();
    lab = undefined;
  });

  it("has its host read by a container, which still has no right there", async function () {
    this.timeout(120_000);
    const before = process.env["MACVLAN_LAB_DOCKERD"];
    process.env["MACVLAN_LAB_DOCKERD"] = "--userns-remap=default";
    try {
      lab = await startLab({ engine: plain().engine, name: `remapped-${process.pid}` });
    } finally {
      if (before === undefined) delete process.env["MACVLAN_LAB_DOCKERD"];
      else process.env["MACVLAN_LAB_DOCKERD"] = before;
    }
    const about = (await lab.api("GET", "/info")).body as { SecurityOptions: string[] };
    assert.ok(about.SecurityOptions.includes("name=userns"), about.SecurityOptions.join());

    const endpoint = parseHost(lab.dockerHost, "test");
    assert.ok("kind" in endpoint);
    const read = containerReader(
      () => Promise.resolve(createClient(endpoint)),
      (trouble) => {
        assert.equal(trouble, undefined);
      },
    );
    const host = await read({ signal: new AbortController().signal });
    assert.equal(host?.interfaces.find(({ name }) => name === "lan0")?.mac, "52:54:00:00:50:10");

    const client = createClient(endpoint);
    const script = "ip link set lan1 down && echo down; echo x > /x && echo written; echo end";
    const output = await client.runOnHost("busybox:latest", `{ ${script}; } 2>/dev/null`);
    client.dispose();
    assert.equal(output.trim(), "end");
    assert.deepEqual((await lab.api("GET", "/containers/json?all=1")).body, []);
  });
});
