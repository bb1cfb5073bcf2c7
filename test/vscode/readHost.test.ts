import assert from "node:assert/strict";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { commandIds, settingIds } from "../../src/ids";
import { connectedExtension, eventually, replacing } from "./macvlan";

describe("the interfaces of an engine that is reached over tcp", () => {
  let api: Api;
  let server: Server;
  let usual: string;
  const sockets = new Set<Socket>();
  const setting = () => vscode.workspace.getConfiguration();
  const choose = (host: string) =>
    vscode.commands.executeCommand(commandIds.chooseEngine, undefined, { host });
  const way = () => api.inventory.state.kind === "connected" && api.inventory.state.host.way;
  const names = () => api.inventory.facts.interfaces?.map(({ name }) => name);

  before(async () => {
    api = await connectedExtension();
    usual = setting().get<string>(settingIds.dockerHost) ?? "";
    const path = usual.replace("unix://", "");
    // The lab's engine, as if it were on another machine.
    server = createServer((socket) => {
      const other = connect(path);
      for (const one of [socket, other]) {
        sockets.add(one);
        one.on("error", () => one.destroy()).on("close", () => sockets.delete(one));
      }
      socket.pipe(other).pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await choose(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await eventually("the engine over tcp", () => way() === "askable");
  });

  after(async () => {
    await choose(usual);
    await connectedExtension();
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  it("are unknown, and stay so when the user does not agree", async () => {
    assert.equal(names(), undefined);
    const asked: string[] = [];
    await replacing(
      "showWarningMessage",
      (message, options) => {
        asked.push(`${String(message)} ${(options as { detail: string }).detail}`);
        return undefined;
      },
      async () => {
        await vscode.commands.executeCommand(commandIds.readHost);
      },
    );
    assert.match(asked.join(), /Read the interfaces .* --network host --read-only/s);
    assert.equal(way(), "askable");
    assert.equal(names(), undefined);
  });

  it("are read with a container when the user agrees, which is asked once", async () => {
    await replacing(
      "showWarningMessage",
      () => "Read",
      async () => {
        await vscode.commands.executeCommand(commandIds.readHost);
      },
    );
    assert.equal(way(), "container");
    assert.ok(names()?.includes("lan0"), String(names()));
    const lan0 = api.view.roots.find(({ label }) => label === "lan0");
    assert.match(lan0?.description ?? "", /up · 192\.168\.50\.10\/24/);
    const no = () => assert.fail("asked again");
    await replacing("showWarningMessage", no, async () => {
      await vscode.commands.executeCommand(commandIds.readHost);
    });
    const left = api.inventory.facts.containers?.filter(({ name }) => name.includes("host-reader"));
    assert.deepEqual(left, []);
  });

  it("are forgotten when the user takes it back", async () => {
    await vscode.commands.executeCommand(commandIds.stopReadingHost);
    assert.equal(way(), "askable");
    assert.equal(names(), undefined);
  });
});
