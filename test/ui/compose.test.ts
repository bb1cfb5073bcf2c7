import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { useLab } from "../lab/suite.mjs";
import { useWorkbench } from "./suite";

/** The demo's home LAN, but two of its services want one address. */
const taken = "192.168.50.60";
const wanted = "192.168.50.61";

/** The text of a file once it is another one: the workbench writes a moment after it shows the file as saved. */
async function changedText(path: string, before: string): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const text = readFileSync(path, "utf8");
    if (text !== before && text !== "") return text;
    await setTimeout(50);
  }
  throw new Error(`${path} was not saved`);
}

describe("a collision in a compose file, from the finding to the engine", function () {
  const lab = useLab();
  const workbench = useWorkbench({ lab, size: { width: 1440, height: 900 } });
  const project = () => join(workbench().folder, "homelab");
  const file = () => join(project(), "compose.yaml");

  it("is refused by the engine, flagged, ended by the quick fix, and then accepted", async () => {
    const sound = readFileSync(file(), "utf8");
    const broken = sound.replace(wanted, taken);
    assert.notEqual(broken, sound);
    writeFileSync(file(), broken);
    const refused = await lab().tryCompose(["up", "-d"], project());
    assert.notEqual(refused.code, 0);
    assert.match(`${refused.stdout}${refused.stderr}`, /Address already in use/);
    await lab().compose(["down"], project());

    const { editor, tree, page } = workbench();
    await editor.open("homelab/compose.yaml");
    await editor.squiggles("error").first().waitFor();
    assert.equal(await editor.squiggles("error").count(), 1);
    const line = broken.slice(0, broken.lastIndexOf(taken)).split("\n").length;
    for (const theme of ["light", "dark"] as const) {
      await workbench().useTheme(theme);
      // Away from the tab, whose tooltip would cover the picture.
      await page.mouse.move(700, 860);
      await editor.goTo(line, 25);
      const hover = await editor.hover();
      await hover.getByText("is the address of both").waitFor();
      assert.match((await hover.textContent()) ?? "", /Address already in use/);
      await workbench().screenshot(`finding-${theme}`);
      await page.keyboard.press("Escape");
      await editor.quickFixes();
      await workbench().screenshot(`quick-fix-${theme}`);
      await page.keyboard.press("Escape");
    }

    await editor.applyQuickFix("the next free address");
    await editor.squiggles("error").first().waitFor({ state: "detached" });
    await editor.save();
    const fixed = await changedText(file(), broken);
    const address = /plexinc[^]*?ipv4_address: (\S+)/.exec(fixed)?.[1] ?? "";
    assert.equal(fixed.replace(address, taken), broken, "every other byte is as it was");

    await lab().compose(["up", "-d"], project());
    assert.ok(await lab().ping(address, "router"), `${address} answers on the LAN`);
    await workbench().openView("Macvlan");
    await tree.expand("lan0");
    await tree.expand("home-lan");
    await tree.row("homelab-plex-1").waitFor();
    assert.match((await tree.row("homelab-plex-1").textContent()) ?? "", new RegExp(address));
    // The workbench asks for the lens a moment after the tree has changed. Both leave out what the engine chose, too.
    await editor.lens("in the engine · 4 containers · 248 free").waitFor();
    await workbench().widenSideBar(330);
    await page.mouse.move(1000, 850);
    await workbench().screenshot("overview-dark");
    await workbench().screenshot("tree-dark", ".part.sidebar .pane-body .monaco-list-rows");
    await workbench().useTheme("light");
    await workbench().screenshot("overview-light");
    await lab().compose(["down"], project());
    await tree.row("home-lan").waitFor({ state: "detached" });
    await editor.lens("docker compose up makes it").waitFor();
  });
});
