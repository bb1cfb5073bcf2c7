import assert from "node:assert/strict";
import * as vscode from "vscode";
import { settingIds } from "../../src/ids";
import { actionsAt, findings, until } from "./composeFile";
import { addressRange, expectCount, member, useWorkspaceProjects } from "./workspaceFolder";

const rule = "duplicate-address";

describe("projects of the workspace", () => {
  const projects = useWorkspaceProjects();

  /** Sets a setting of the user until the test is over. */
  const changed = new Set<string>();
  async function set(id: string, value: unknown): Promise<void> {
    changed.add(id);
    await vscode.workspace.getConfiguration().update(id, value, true);
  }
  afterEach(async () => {
    for (const id of changed) await vscode.workspace.getConfiguration().update(id, undefined, true);
    changed.clear();
  });

  it("that claim one address are told so, each with the other's place, until one is edited", async () => {
    const dns = projects.write("dns/compose.yaml", member("dns", "10.77.0.10"));
    const web = projects.write("web/compose.yaml", member("web", "10.77.0.10"));
    const document = await projects.open("web/compose.yaml");
    const [found] = await expectCount(web, rule, 1);
    assert.ok(found);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(found.range, addressRange);
    assert.match(found.message, new RegExp(`"dns" in ${projects.name}/dns/compose.yaml`));
    const [related] = found.relatedInformation ?? [];
    assert.equal(related?.location.uri.fsPath, dns.fsPath);
    assert.deepEqual(related.location.range, addressRange);
    // The other file is in no editor: nothing is said there.
    await expectCount(dns, rule, 0);
    await projects.open("dns/compose.yaml");
    await expectCount(dns, rule, 1);

    // A text that is not saved counts, above the finding and in it.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(web, new vscode.Position(0, 0), "# one more line\n");
    await vscode.workspace.applyEdit(edit);
    const lower = addressRange.with(new vscode.Position(6, 22), new vscode.Position(6, 32));
    await until(
      () => findings(document)[0]?.range.isEqual(lower) === true,
      () => JSON.stringify(findings(document)),
    );
    const free = new vscode.WorkspaceEdit();
    free.replace(web, lower, "10.77.0.11");
    await vscode.workspace.applyEdit(free);
    assert.ok(document.isDirty);
    await expectCount(web, rule, 0);
    await expectCount(dns, rule, 0);
  });

  it("are compared with what is on disk, as it changes and goes", async () => {
    projects.write("dns/compose.yaml", member("dns", "10.77.0.10"));
    const web = projects.write("web/compose.yaml", member("web", "10.77.0.10"));
    await projects.open("web/compose.yaml");
    await expectCount(web, rule, 1);
    await projects.keepWriting("dns/compose.yaml", member("dns", "10.77.0.12"), () =>
      expectCount(web, rule, 0),
    );
    await projects.keepWriting("late/compose.yaml", member("late", "10.77.0.10"), () =>
      expectCount(web, rule, 1),
    );
    await projects.keepRemoving("late", () => expectCount(web, rule, 0));
  });

  it("are found by a COMPOSE_FILE too", async () => {
    projects.write("stack/files/lan.yml", member("dns", "10.77.0.10"));
    const web = projects.write("web/compose.yaml", member("web", "10.77.0.10"));
    await projects.open("web/compose.yaml");
    await expectCount(web, rule, 0);
    await projects.keepWriting("stack/.env", "COMPOSE_FILE=files/lan.yml\n", () =>
      expectCount(web, rule, 1),
    );
  });

  it("are given addresses that none of them claims", async () => {
    projects.write("dns/compose.yaml", member("dns", "10.77.0.2"));
    projects.write("tv/compose.yaml", member("tv", "10.77.0.3"));
    const web = projects.write("web/compose.yaml", member("web", "10.77.0.2"));
    const document = await projects.open("web/compose.yaml");
    await expectCount(web, rule, 1);
    const actions = await actionsAt(document, addressRange);
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    assert.ok(fix?.edit, JSON.stringify(actions.map(({ title }) => title)));
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(addressRange).trim(), "10.77.0.4");
    await expectCount(web, rule, 0);
  });

  it("for different hosts share no network, and the setting can turn it all off", async () => {
    projects.write("nas/compose.yaml", member("dns", "10.77.0.10"));
    const pi = projects.write("pi/compose.yaml", member("web", "10.77.0.10"));
    await projects.open("pi/compose.yaml");
    await expectCount(pi, rule, 1);
    await set(settingIds.hosts, { nas: ["**/nas/**"], pi: ["**/pi"] });
    await expectCount(pi, rule, 0);
    await set(settingIds.hosts, { nas: ["**/nas/**", "**/pi/**"] });
    await expectCount(pi, rule, 1);
    await set(settingIds.checkWorkspace, "off");
    await expectCount(pi, rule, 0);
    await set(settingIds.checkWorkspace, "openFiles");
    await expectCount(pi, rule, 1);
  });

  it("are all checked when that is wanted, also those that are not open", async () => {
    const wrong = member("dns", "10.77.0.10").replace("10.77.0.0/24", "10.77.0.7/24");
    const dns = projects.write("dns/compose.yaml", wrong);
    await set(settingIds.checkWorkspace, "all");
    await expectCount(dns, "subnet-host-bits", 1);
    const document = await projects.open("dns/compose.yaml");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(11).range, "        - subnet: 10.77.0.0/24");
    await vscode.workspace.applyEdit(edit);
    await expectCount(dns, "subnet-host-bits", 0);
  });

  it("are all checked by the command, with what was found in Problems", async () => {
    const wrong = member("dns", "10.77.0.10").replace("10.77.0.0/24", "10.77.0.7/24");
    const dns = projects.write("dns/compose.yaml", wrong);
    await expectCount(dns, "subnet-host-bits", 0);
    const summary = await vscode.commands.executeCommand<{
      projects: number;
      findings: Record<string, number>;
    }>("macvlan.checkWorkspace");
    // At once: the command waits for the end.
    await expectCount(dns, "subnet-host-bits", 1);
    assert.ok(summary.projects > 20, JSON.stringify(summary));
    assert.ok((summary.findings["error"] ?? 0) > 5, JSON.stringify(summary));
    // Ends what the command began.
    await set(settingIds.checkWorkspace, "off");
    await expectCount(dns, "subnet-host-bits", 0);
  });
});
