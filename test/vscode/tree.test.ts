import assert from "node:assert/strict";
import type { Api } from "../../src/extension";
import { allNodes } from "../../src/views/nodes";
import { useLab } from "../lab/suite.mjs";
import { connectedExtension, eventually, labels } from "./macvlan";
import { onThisHost, switchEngine } from "./outside";

const network = ["--subnet=192.168.50.0/24", "--gateway=192.168.50.1", "-o", "parent=lan0"];

describe("the tree on a real engine", () => {
  const lab = useLab();
  let api: Api;

  const has = (label: string) => [...allNodes(api.view.roots)].some((node) => node.label === label);
  const described = (label: string) =>
    [...allNodes(api.view.roots)].find((node) => node.label === label)?.description;

  before("open the view", async () => {
    api = await connectedExtension();
  });
  beforeEach("the tree shows the empty engine", async () => {
    await eventually("no network is left", () => api.inventory.facts.networks?.length === 3);
  });

  it("shows the host's interfaces before there is any network", () => {
    assert.deepEqual(labels(api.view.roots), ["lan0", "lan1"]);
    assert.match(described("lan0") ?? "", /^up · 192\.168\.50\.10\/24/);
  });

  it("shows a network that the command line made within a second", async () => {
    await lab().docker(["network", "create", "-d", "macvlan", ...network, "lan"]);
    const { took } = await eventually("network lan is shown", () => has("lan"));
    assert.ok(took < 1000, `${took.toFixed(0)} ms`);
    assert.deepEqual(labels(api.view.roots), ["lan0", ["lan"], "lan1"]);
    assert.match(
      described("lan") ?? "",
      /^macvlan bridge · 192\.168\.50\.0\/24 · 0 used, 252 free$/,
    );
    await lab().docker(["network", "rm", "lan"]);
    const gone = await eventually("network lan is gone", () => !has("lan"));
    assert.ok(gone.took < 1000, `${gone.took.toFixed(0)} ms`);
  });

  it("follows a container that is run, connected, disconnected and stopped by the command line", async () => {
    await lab().docker(["network", "create", "-d", "macvlan", ...network, "lan"]);
    const run = ["run", "-dit", "--network=lan", "--ip=192.168.50.20", "--name=web", "alpine"];
    await lab().docker(run);
    await eventually("web is shown running", () =>
      described("web")?.match(/^192\.168\.50\.20 · [0-9a-f:]{17}$/),
    );
    await lab().docker(["network", "disconnect", "lan", "web"]);
    await eventually("web is gone", () => !has("web"));
    await lab().docker(["network", "connect", "--ip=192.168.50.21", "lan", "web"]);
    await eventually("web is back", () => described("web")?.startsWith("192.168.50.21 · "));
    await lab().docker(["stop", "-t", "0", "web"]);
    await eventually("web is shown stopped", () => described("web")?.endsWith(" · exited"));
  });

  it("marks a network whose parent has gone", async () => {
    await onThisHost(..."ip link add gone0 type veth peer name gone1".split(" "));
    await onThisHost("ip", "link", "set", "gone0", "up");
    const options = ["--subnet=10.99.0.0/24", "--gateway=10.99.0.1", "-o", "parent=gone0"];
    await lab().docker(["network", "create", "-d", "macvlan", ...options, "lost"]);
    await eventually("network lost is shown", () => has("lost"));
    await onThisHost("ip", "link", "del", "gone0");
    await api.inventory.refresh();
    assert.match(described("gone0") ?? "", /missing/);
    assert.match(described("lost") ?? "", /^parent gone0 missing/);
  });

  it("follows the engine when it stops and starts again", async function () {
    this.timeout(90_000);
    await lab().docker(["network", "create", "-d", "macvlan", ...network, "lan"]);
    await eventually("network lan is shown", () => has("lan"));
    await switchEngine(lab().name, "stopEngine");
    await eventually("the tree is empty", () => api.view.roots.length === 0);
    assert.notEqual(api.inventory.state.kind, "connected");
    await switchEngine(lab().name, "startEngine");
    await eventually("network lan is shown again", () => has("lan"), 60_000);
    await lab().docker(["network", "rm", "lan"]);
    await eventually("events arrive on the new connection", () => !has("lan"), 2000);
  });
});
