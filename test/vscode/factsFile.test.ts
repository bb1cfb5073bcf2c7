import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { commandIds } from "../../src/ids";
import { expectRules, ruleOf, useComposeFiles } from "./composeFile";
import { connectedExtension, eventually } from "./macvlan";
import { useLab } from "../lab/suite.mjs";
import { onThisHost } from "./outside";

/** On a network of the engine, beside a container that was there before. */
const file = `services:
  web:
    image: busybox
    networks:
      lan:
        ipv4_address: 192.168.78.20
  dns:
    image: busybox
    networks:
      lan:
        ipv4_address: 192.168.79.21
networks:
  lan:
    external: true
    name: facts-lan
`;

describe("facts from the engine", function () {
  this.timeout(60_000);
  const lab = useLab();
  const files = useComposeFiles();
  const facts = join(tmpdir(), `macvlan-facts-${process.pid}.json`);

  afterEach(() => {
    rmSync(facts, { force: true });
  });

  it("make the command line say what the editor says", async () => {
    const { inventory } = await connectedExtension();
    const network = "network create -d macvlan -o parent=lan0 --subnet 192.168.78.0/24 facts-lan";
    await lab().docker(network.split(" "));
    const first = "create --name facts-first --network facts-lan --ip 192.168.78.20 busybox";
    await lab().docker(first.split(" "));
    await eventually("the container is known", () =>
      inventory.facts.containers?.some(({ name }) => name === "facts-first"),
    );
    const document = await files.open(file);
    const shown = await expectRules(document, ["duplicate-address", "address-outside-subnet"]);
    await vscode.commands.executeCommand(commandIds.exportFacts, vscode.Uri.file(facts));
    const engine = (JSON.parse(readFileSync(facts, "utf8")) as { engine: { version: string } })
      .engine;
    assert.equal(engine.version, inventory.facts.engine?.version);
    const cli = join(__dirname, "../../dist/cli.js");
    const words = ["check", "--facts", facts, "--format", "json", document.uri.fsPath];
    const told = await outputOf("node", cli, ...words);
    const { findings } = JSON.parse(told) as {
      findings: { rule: string; message: string; start: { line: number; column: number } }[];
    };
    assert.deepEqual(
      findings.map(({ rule, start }) => [rule, start.line, start.column]),
      shown.map((diagnostic) => {
        const { line, character } = diagnostic.range.start;
        return [ruleOf(diagnostic), line + 1, character + 1];
      }),
    );
    for (const [index, { message }] of findings.entries()) {
      assert.ok(shown[index]?.message.startsWith(message), message);
    }
  });
});

/** What a program prints, also when it ends with 1: the checker found errors. */
async function outputOf(...argv: readonly string[]): Promise<string> {
  try {
    return await onThisHost(...argv);
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (!stdout) throw error;
    return stdout;
  }
}
