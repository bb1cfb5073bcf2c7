import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { commandIds } from "../../src/ids";
import { allNodes } from "../../src/views/nodes";
import { useLab } from "../lab/suite.mjs";
import { type LabProject, writeLabProject } from "./labProject";
import { expectLens } from "./lenses";
import { type Labels, connectedExtension, eventually, labels, replacing } from "./macvlan";

/** `a10` and `b1` are on its network; `a9` is put there by hand, and wants the address of `a10`. */
const text = `name: shop
services:
  a10:
    image: alpine
    container_name: a10
    command: sleep 1000
    networks:
      lan:
        ipv4_address: 192.168.50.40
  b1:
    image: alpine
    container_name: b1
    command: sleep 1000
    networks:
      lan:
        ipv4_address: 192.168.50.30
  later:
    image: alpine
    profiles: [later]
    networks: [lan]
networks:
  lan:
    name: shop-lan
    driver: macvlan
    driver_opts:
      parent: lan0
    ipam:
      config:
        - subnet: 192.168.50.0/24
          gateway: 192.168.50.1
`;

describe("the tree's badge, shape and ways to compose files", () => {
  const lab = useLab();
  let api: Api;
  let project: LabProject;

  const run = (id: string, ...rest: unknown[]) => vscode.commands.executeCommand(id, ...rest);
  const shows = async (expected: Labels) => {
    const wanted = JSON.stringify(expected);
    const now = () => JSON.stringify(labels(api.view.roots));
    await eventually(
      () => `${now()} instead of ${wanted}`,
      () => now() === wanted,
    );
  };
  const addTwin = () =>
    lab().docker([
      ...["create", "--network=shop-lan", "--ip=192.168.50.40", "--name=a9", "alpine"],
    ]);
  /** Waits until the badge counts these problems, which the rows name in this order, and says what it counts. */
  const badge = async (expected: readonly string[], words: string | undefined) => {
    await eventually(
      () => `the badge is ${api.view.badge?.value}, with ${problems().join("; ")}`,
      () =>
        (api.view.badge?.value ?? 0) === expected.length && isDeepStrictEqual(problems(), expected),
    );
    assert.equal(api.view.badge?.tooltip.split("\n")[0], words);
  };

  const problems = () =>
    [...allNodes(api.view.roots)].flatMap((node) =>
      node.problems.map((problem) => `${node.label}: ${problem.short}`),
    );

  before("open the view", async () => {
    api = await connectedExtension();
  });
  beforeEach("start the project beside a network made by hand", async () => {
    const store = ["--subnet=192.168.60.0/24", "--gateway=192.168.60.1", "-o", "parent=lan1"];
    await lab().docker(["network", "create", "-d", "macvlan", ...store, "store"]);
    project = writeLabProject(lab(), "shop", text);
    await project.up();
    await shows(["lan0", ["shop-lan", ["a10", "b1"]], "lan1", ["store"]]);
  });
  afterEach("end the project", async () => {
    api.view.setShape({ filter: "", order: "name", grouping: "parent" });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await lab().tryDocker(["rm", "-f", "a9"]);
    await project.remove();
  });

  it("counts problems in the badge as they come and go", async () => {
    await badge(["shop-lan: not reached by the host"], "1 note");
    await addTwin();
    await badge(
      ["shop-lan: not reached by the host", "a9: same address as a10", "a10: same address as a9"],
      "2 problems and 1 note",
    );
    assert.match(
      api.view.badge?.tooltip ?? "",
      /^.*\n(?:a9|a10): .+\n(?:a9|a10): .+\nshop-lan: .+$/,
    );
    await lab().docker(["rm", "a9"]);
    await badge(["shop-lan: not reached by the host"], "1 note");
    await project.down();
    await badge([], undefined);
  });

  it("shows what holds the words of the filter, below what it belongs to", async () => {
    await addTwin();
    await shows(["lan0", ["shop-lan", ["a9", "a10", "b1"]], "lan1", ["store"]]);
    await run(commandIds.filterTree, "50.30");
    assert.deepEqual(labels(api.view.roots), ["lan0", ["shop-lan", ["b1"]]]);
    assert.equal(api.view.badge?.value, 3, "what is hidden counts");
    await run(commandIds.filterTree, "@problems");
    assert.deepEqual(labels(api.view.roots), ["lan0", ["shop-lan", ["a9", "a10"]]]);
    await lab().docker(["rm", "a9"]);
    await shows(["lan0", ["shop-lan"]]);
    await run(commandIds.clearFilter);
    assert.deepEqual(labels(api.view.roots), [
      ...["lan0", ["shop-lan", ["a10", "b1"]]],
      ...["lan1", ["store"]],
    ]);
  });

  it("groups networks by parent, by Compose project or not at all", async () => {
    await run(commandIds.groupTree, "project");
    assert.deepEqual(labels(api.view.roots), [
      ...["shop", ["shop-lan", ["a10", "b1"]]],
      ...["Made by hand", ["store"]],
    ]);
    await run(commandIds.groupTree, "none");
    assert.deepEqual(labels(api.view.roots), ["shop-lan", ["a10", "b1"], "store"]);
    await run(commandIds.groupTree, "parent");
    assert.deepEqual(labels(api.view.roots), [
      ...["lan0", ["shop-lan", ["a10", "b1"]]],
      ...["lan1", ["store"]],
    ]);
  });

  it("sorts by name, by address or with problems first, and goes on so", async () => {
    await run(commandIds.groupTree, "none");
    await addTwin();
    await shows(["shop-lan", ["a9", "a10", "b1"], "store"]);
    await run(commandIds.sortTree, "address");
    assert.deepEqual(labels(api.view.roots), ["shop-lan", ["b1", "a9", "a10"], "store"]);
    await run(commandIds.sortTree, "problems");
    assert.deepEqual(labels(api.view.roots), ["shop-lan", ["a9", "a10", "b1"], "store"]);
    const twin = ["run", "-d", "--network=store", "--ip=192.168.60.40", "--name=c1", "alpine"];
    await lab().docker([...twin, "sleep", "1000"]);
    const stopped = ["create", "--network=store", "--ip=192.168.60.40", "--name=d1", "alpine"];
    await lab().docker(stopped);
    const third = ["create", "--network=store", "--ip=192.168.60.40", "--name=e1", "alpine"];
    await lab().docker(third);
    await shows(["store", ["c1", "d1", "e1"], "shop-lan", ["a9", "a10", "b1"]]);
  });

  it("selects the row of the service or network at the cursor, though a filter hid it", async () => {
    const document = await vscode.workspace.openTextDocument(project.file);
    const editor = await vscode.window.showTextDocument(document);
    const showAt = async (words: string) => {
      const at = document.positionAt(text.indexOf(words) + 4);
      editor.selection = new vscode.Selection(at, at);
      await run(commandIds.showInTree);
    };
    const selected = (label: string) =>
      eventually(
        () => `${api.view.selection.map((node) => node.label).join()} is selected, not ${label}`,
        () => api.view.selection.length === 1 && api.view.selection[0]?.label === label,
      );
    await showAt("  b1:\n");
    await selected("b1");
    await showAt("  lan:\n    name");
    await selected("shop-lan");
    await run(commandIds.filterTree, "store");
    await showAt("ipv4_address: 192.168.50.40");
    await selected("a10");
    assert.equal(api.view.shape.filter, "");

    const told: string[] = [];
    const tell = (message: unknown) => void told.push(String(message));
    await replacing("showInformationMessage", tell, () => showAt("  later:"));
    assert.deepEqual(told, [
      "The engine has no container of service later on a macvlan or ipvlan network yet.",
    ]);
  });

  it("leaves the lens above a network as true as the tree, through up and down", async () => {
    const document = await vscode.workspace.openTextDocument(project.file);
    await vscode.window.showTextDocument(document);
    await expectLens(document, "$(check) in the engine · 2 containers · 250 free addresses");
    await project.down();
    await shows(["lan0", "lan1", ["store"]]);
    await expectLens(document, "$(add) docker compose up makes it · 250 free addresses");
    await project.up();
    await expectLens(document, "$(check) in the engine · 2 containers · 250 free addresses");
  });

  it("opens the compose file of a container or network at its declaration", async () => {
    const node = (label: string) =>
      api.view.roots
        .flatMap(({ children }) => [
          ...children,
          ...children.flatMap((child): readonly { label: string }[] => child.children),
        ])
        .find((one) => one.label === label) ?? assert.fail(`no ${label}`);
    const opened = () => {
      const editor = vscode.window.activeTextEditor;
      return editor && { file: editor.document.uri.fsPath, line: editor.selection.start.line };
    };
    const lineOf = (words: string) => text.slice(0, text.indexOf(words)).split("\n").length - 1;
    await run(commandIds.openCompose, node("b1"));
    assert.deepEqual(opened(), { file: project.file, line: lineOf("  b1:\n") });
    await run(commandIds.openCompose, node("shop-lan"));
    assert.deepEqual(opened(), { file: project.file, line: lineOf("  lan:\n    name") });

    const told: string[] = [];
    const tell = (message: unknown) => void told.push(String(message));
    await replacing("showErrorMessage", tell, async () => {
      await run(commandIds.openCompose, node("store"));
    });
    assert.deepEqual(told, ["No Compose project made this."]);
  });
});
