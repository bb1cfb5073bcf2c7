import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunOptions } from "../../src/commands/runContainer";
import type { Api } from "../../src/extension";
import { type CommandId, commandIds, documentScheme } from "../../src/ids";
import { readFactsFile } from "../../src/model/factsFile";
import { type ContainerNode, allNodes } from "../../src/views/nodes";
import { describeError } from "../../src/workbench/explainError";
import { skip } from "../lab/skip.mjs";
import { useLab } from "../lab/suite.mjs";
import { connectedExtension, eventually, labels, replacing } from "./macvlan";
import { answerOf, onThisHost } from "./outside";

const spec = {
  name: "my-macvlan-net",
  driver: "macvlan",
  parent: "lan0",
  internal: false,
  enableIpv6: false,
  pools: [{ subnet: "192.168.50.0/24", gateway: "192.168.50.1" }],
} as const;
const alpine: RunOptions = {
  image: "alpine:latest",
  name: "my-macvlan-alpine",
  address: "192.168.50.20",
};

/** The text of the read-only document that a command opened. */
async function shownText(ending: string): Promise<string> {
  const { value } = await eventually(`a document ${ending} is open`, () => {
    const document = vscode.window.activeTextEditor?.document;
    const isIt = document?.uri.scheme === documentScheme && document.uri.path.endsWith(ending);
    return isIt && document;
  });
  return value.getText();
}

/** Whether a terminal that has nothing to do with the extension gets a process. */
async function hasTerminals(): Promise<boolean> {
  const terminal = vscode.window.createTerminal({ shellPath: "/bin/sh" });
  const patience = new Promise<undefined>((resolve) => setTimeout(resolve, 10_000, undefined));
  const id = await Promise.race([terminal.processId, patience]);
  terminal.dispose();
  return id !== undefined;
}

describe("the commands on a real engine", () => {
  const lab = useLab();
  let api: Api;

  const run = (id: CommandId, ...rest: unknown[]) => vscode.commands.executeCommand(id, ...rest);
  const container = (name: string): ContainerNode | undefined =>
    [...allNodes(api.view.roots)].find(
      (node): node is ContainerNode => node.kind === "container" && node.label === name,
    );

  before("open the view", async () => {
    api = await connectedExtension();
  });
  beforeEach("make the network", async () => {
    await api.inventory.client?.createNetwork(spec);
    await api.inventory.refresh();
  });
  afterEach("close what was opened", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("do the tutorial's workshop: run, look, ping, remove", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    const node = container("my-macvlan-alpine");
    assert.ok(node, JSON.stringify(labels(api.view.roots)));
    assert.match(node.description, /^192\.168\.50\.20 · [0-9a-f:]{17}$/);
    assert.deepEqual(labels(api.view.roots), ["lan0", [spec.name, ["my-macvlan-alpine"]], "lan1"]);

    await run(commandIds.showAddresses, node);
    const text = await shownText("my-macvlan-alpine addresses.txt");
    assert.match(text, /^# ip addr\n/);
    assert.ok(text.includes("inet 192.168.50.20/24"), text);
    assert.ok(text.includes(node.attachment.mac ?? "no MAC"), text);
    assert.match(text, /# ip route\ndefault via 192\.168\.50\.1 /);

    assert.ok(await lab().ping("192.168.50.1", { container: "my-macvlan-alpine" }));
    assert.ok(await lab().ping("192.168.50.20", "router"));
    // A closed port refuses at once where the way is open: the router's does, the container's is cut off.
    assert.equal(await answerOf("192.168.50.1"), "ECONNREFUSED");
    assert.notEqual(await answerOf("192.168.50.20"), "ECONNREFUSED");

    await run(commandIds.removeContainer, node, { confirmed: true });
    assert.equal(container("my-macvlan-alpine"), undefined);
    await run(commandIds.removeNetwork, spec.name, { confirmed: true });
    assert.deepEqual(labels(api.view.roots), ["lan0", "lan1"]);
    assert.equal((await lab().tryDocker(["network", "inspect", spec.name])).code, 1);
  });

  it("let the host reach its containers, after showing how and with the undo", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    assert.notEqual(await answerOf("192.168.50.20"), "ECONNREFUSED", "cut off before");
    await run(commandIds.hostAccess, spec.name, { form: "commands", run: true });
    try {
      const text = await shownText(`${spec.name} commands.sh`);
      assert.match(text, /^ip link add my-macvlan-host link lan0 type macvlan mode bridge$/m);
      assert.match(text, /^# To undo it:\n# {3}ip link del my-macvlan-host$/m);
      assert.equal(await answerOf("192.168.50.20"), "ECONNREFUSED", "the way is open");
    } finally {
      await onThisHost("ip", "link", "del", "my-macvlan-host");
    }
    assert.notEqual(await answerOf("192.168.50.20"), "ECONNREFUSED", "cut off again");
  });

  it("keep a shell image running and let it vanish when it stops, as -dit --rm does", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    const state = await lab().docker([
      ...["inspect", "-f", "{{.State.Running}} {{.Config.Tty}} {{.HostConfig.AutoRemove}}"],
      "my-macvlan-alpine",
    ]);
    assert.equal(state.trim(), "true true true");
    await run(commandIds.stopContainer, "my-macvlan-alpine");
    await eventually("it is gone", () => container("my-macvlan-alpine") === undefined);
  });

  it("show a network, a container and an interface as JSON", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    await run(commandIds.inspect, spec.name);
    const network = JSON.parse(await shownText(`${spec.name}.json`)) as { Name: string };
    assert.equal(network.Name, spec.name);
    await run(commandIds.inspect, "my-macvlan-alpine");
    const inspected = JSON.parse(await shownText("my-macvlan-alpine.json")) as { Name: string };
    assert.equal(inspected.Name, "/my-macvlan-alpine");
    await run(commandIds.inspect, "lan0");
    const host = JSON.parse(await shownText("lan0.json")) as { addresses: string[] };
    assert.ok(host.addresses.includes("192.168.50.10/24"));
  });

  it("run no second container of the same name, and say that it runs already", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    const { id } = container("my-macvlan-alpine")?.container ?? assert.fail();
    const told: string[] = [];
    const tell = (message: unknown) => void told.push(String(message));
    await replacing("showInformationMessage", tell, async () => {
      assert.equal(await run(commandIds.runContainer, spec.name, alpine), id);
    });
    assert.deepEqual(told, [
      "Container my-macvlan-alpine runs on my-macvlan-net already with 192.168.50.20.",
    ]);
  });

  it("show the plan to run a container, make up a name, and leave nothing when the image stays away", async () => {
    const asked: unknown[][] = [];
    const answers = [undefined, "Run"];
    const answer = (...parameters: readonly unknown[]) => {
      asked.push([...parameters]);
      return answers.shift();
    };
    const wish = { image: "alpine", address: "192.168.50.20", confirmed: false };
    await replacing("showWarningMessage", answer, async () => {
      assert.equal(await run(commandIds.runContainer, spec.name, wish), undefined, "declined");
      assert.equal((await lab().docker(["ps", "-aq"])).trim(), "");
      assert.ok(await run(commandIds.runContainer, spec.name, wish));
    });
    const [question, { detail }] = asked[1] as [string, { detail: string }];
    const name = /^Run container (alpine-[0-9a-f]{6})\?$/.exec(question)?.[1] ?? "";
    assert.equal(
      detail,
      `docker create --rm -it --network=my-macvlan-net --name=${name} --ip=192.168.50.20 alpine\ndocker start ${name}`,
    );
    assert.ok((await shownText(`run container ${name}.sh`)).includes(`docker rm -f ${name}`));
    assert.ok(container(name), JSON.stringify(labels(api.view.roots)));

    const told: string[] = [];
    const decline = (message: unknown) => void told.push(String(message));
    await replacing("showInformationMessage", decline, async () => {
      const missing = { image: "nope:1", name: "second" };
      assert.equal(await run(commandIds.runContainer, spec.name, missing), undefined);
    });
    assert.deepEqual(told, ["The engine has no image nope:1. Pull it?"]);
    assert.equal((await lab().tryDocker(["inspect", "second"])).code, 1);
  });

  it("connect and disconnect an existing container", async () => {
    await lab().docker(["run", "-dit", "--network=none", "--name=tool", "alpine"]);
    await lab().docker(["network", "disconnect", "none", "tool"]);
    await api.inventory.refresh();
    const options = { container: "tool", address: "192.168.50.30" };
    await run(commandIds.connectContainer, spec.name, options);
    assert.match(container("tool")?.description ?? "", /^192\.168\.50\.30 · /);
    await run(commandIds.disconnectContainer, "tool", { confirmed: true });
    assert.equal(container("tool"), undefined);
  });

  it("copy address, MAC and the commands that make it again", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    await run(commandIds.copyAddress, "my-macvlan-alpine");
    assert.equal(await vscode.env.clipboard.readText(), "192.168.50.20");
    await run(commandIds.copyMac, "my-macvlan-alpine");
    assert.equal(
      await vscode.env.clipboard.readText(),
      container("my-macvlan-alpine")?.attachment.mac,
    );
    await run(commandIds.copyCommand, "my-macvlan-alpine");
    assert.equal(
      await vscode.env.clipboard.readText(),
      "docker run -dit --network=my-macvlan-net --name=my-macvlan-alpine --ip=192.168.50.20 alpine:latest",
    );
    await run(commandIds.copyCommand, spec.name);
    const command = await vscode.env.clipboard.readText();
    await run(commandIds.removeNetwork, spec.name, { confirmed: true });
    await lab().docker(command.split(" ").slice(1));
    await eventually("the copied command made it again", () =>
      api.inventory.facts.networks?.some(({ name, parent }) => {
        return name === spec.name && parent === "lan0";
      }),
    );
  });

  it("name the containers before a network in use is removed, and leave it when the user declines", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    let asked: unknown[] = [];
    const decline = (...parameters: readonly unknown[]) => {
      asked = [...parameters];
      return undefined;
    };
    await replacing("showWarningMessage", decline, async () => {
      await run(commandIds.removeNetwork, spec.name);
    });
    assert.match(String(asked[0]), /Remove network my-macvlan-net\?/);
    const { modal, detail } = asked[1] as { modal: boolean; detail: string };
    assert.equal(modal, true);
    assert.match(
      detail,
      /^docker network disconnect my-macvlan-net my-macvlan-alpine\ndocker network rm my-macvlan-net\n/,
    );
    assert.match(
      detail,
      /my-macvlan-alpine \(running\) loses the network and its address 192\.168\.50\.20/,
    );
    assert.ok(container("my-macvlan-alpine"));

    await replacing(
      "showWarningMessage",
      () => "Disconnect and Remove",
      async () => {
        await run(commandIds.removeNetwork, spec.name);
      },
    );
    assert.deepEqual(labels(api.view.roots), ["lan0", "lan1"]);
    await lab().docker(["inspect", "my-macvlan-alpine"]);
  });

  it("show the plan to recreate a network as docker commands, carry it out, and find nothing to do again", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    const asked: unknown[][] = [];
    const agree = (...parameters: readonly unknown[]) => {
      asked.push([...parameters]);
      return "Recreate";
    };
    const wish = { ipRange: "192.168.50.64/26" };
    await replacing("showWarningMessage", agree, async () => {
      await run(commandIds.recreateNetwork, spec.name, wish);
    });
    assert.match(String(asked[0]?.[0]), /^Recreate network my-macvlan-net\?$/);
    const text = await shownText("recreate network my-macvlan-net.sh");
    assert.match(
      text,
      /^docker network connect --ip=192\.168\.50\.20 my-macvlan-net my-macvlan-alpine$/m,
    );
    assert.match(text, /^# The way back,/m);
    const network = api.inventory.facts.networks?.find(({ name }) => name === spec.name);
    assert.equal(network?.ipam?.[0]?.ipRange, "192.168.50.64/26");
    assert.match(container("my-macvlan-alpine")?.description ?? "", /^192\.168\.50\.20 · /);
    assert.ok(await lab().ping("192.168.50.20", "router"), "the LAN reaches it as before");

    const told: string[] = [];
    const tell = (message: unknown) => void told.push(String(message));
    await replacing("showInformationMessage", tell, async () => {
      await run(commandIds.recreateNetwork, spec.name, { ...wish, confirmed: true });
    });
    assert.deepEqual(told, ["Network my-macvlan-net is as you want it already."]);
  });

  it("refuse before anything is done what the engine would refuse", async () => {
    await run(commandIds.runContainer, spec.name, alpine);
    const told: string[] = [];
    const tell = (message: unknown) => void told.push(String(message));
    await replacing("showErrorMessage", tell, async () => {
      await run(commandIds.recreateNetwork, spec.name, { parent: "nope0", confirmed: true });
    });
    assert.match(told[0] ?? "", /There is no interface nope0 on the engine's host/);
    assert.ok(await lab().ping("192.168.50.20", "router"), "all is as it was");
  });

  it("pin, move and free an address", async () => {
    await run(commandIds.runContainer, spec.name, { ...alpine, address: "" });
    const before = container("my-macvlan-alpine")?.attachment;
    assert.equal(before?.static, undefined);
    await run(commandIds.pinAddress, "my-macvlan-alpine", { confirmed: true });
    const pinned = container("my-macvlan-alpine")?.attachment;
    assert.deepEqual([pinned?.ipv4, pinned?.static], [before?.ipv4, true]);
    await run(commandIds.freeAddress, before?.ipv4, { to: "192.168.50.40", confirmed: true });
    assert.equal(container("my-macvlan-alpine")?.attachment.ipv4, "192.168.50.40");
    assert.ok(await lab().ping("192.168.50.40", "router"));
  });

  it("tell a failure once, in words, with the engine's own behind them", async () => {
    const told: string[] = [];
    const tell = (message: unknown) => void told.push(String(message));
    await replacing("showErrorMessage", tell, async () => {
      await run(commandIds.runContainer, spec.name, alpine);
      await run(commandIds.runContainer, spec.name, { ...alpine, name: "second" });
    });
    assert.equal(told.length, 1, told.join("\n"));
    assert.match(told[0] ?? "", /^Could not run container second: the address is taken/);
    assert.match(told[0] ?? "", /192\.168\.50\.20 belongs to container my-macvlan-alpine on/);
    assert.match(told[0] ?? "", /Docker says: .*[Aa]ddress already in use/);
    assert.match(told[0] ?? "", /(Nothing was changed|all is as it was)\.$/);
    await eventually("second is gone", () => container("second") === undefined);
    assert.equal((await lab().tryDocker(["inspect", "second"])).code, 1);
  });

  it("explain the engine's misleading words about a parent that does not exist", async () => {
    const pools = [{ subnet: "10.98.0.0/24" }];
    const lost = { ...spec, name: "bad", parent: "lan9", pools };
    const error: unknown = await api.inventory.client?.createNetwork(lost).catch((e: unknown) => e);
    assert.match(
      describeError("create network bad", error),
      /^Could not create network bad: there is no interface lan9 on the engine's host/,
    );
  });

  it("open a shell in the container", async function () {
    this.timeout(60_000);
    if (!(await hasTerminals())) {
      skip(this, "this VS Code opens no terminal: its npm package lacks the compiled node-pty");
    }
    await run(commandIds.runContainer, spec.name, alpine);
    await run(commandIds.openShell, "my-macvlan-alpine");
    const { value: terminal } = await eventually("a terminal is open", () =>
      vscode.window.terminals.find(({ name }) => name === "my-macvlan-alpine"),
    );
    const { id } = container("my-macvlan-alpine")?.container ?? assert.fail();
    let output = "";
    for (let i = 0; i < 100 && output === ""; i++) {
      // Again and again: what is typed before docker has the terminal may be lost.
      if (i % 10 === 0) terminal.sendText("echo $0 > /tmp/shell");
      const result = await api.inventory.client?.exec(id, ["cat", "/tmp/shell"]);
      if (result?.exitCode === 0) output = result.output.trim();
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
    terminal.dispose();
    assert.equal(output, "ash");
  });

  it("export the facts in the form that the command line reads", async () => {
    const folder = mkdtempSync(join(tmpdir(), "macvlan-facts-"));
    try {
      const file = join(folder, "facts.json");
      await run(commandIds.exportFacts, vscode.Uri.file(file));
      const { facts, problems } = readFactsFile(readFileSync(file, "utf8"));
      assert.deepEqual(problems, []);
      assert.ok(facts.networks?.some(({ name }) => name === spec.name));
      assert.ok(facts.interfaces?.some(({ name }) => name === "lan0"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
