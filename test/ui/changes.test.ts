import assert from "node:assert/strict";
import { useLab } from "../lab/suite.mjs";
import { useWorkbench } from "./suite";

describe("a change of a network, from its row to the engine", () => {
  const lab = useLab();
  const workbench = useWorkbench({ lab, theme: "dark", size: { width: 1440, height: 900 } });

  it("is shown as docker commands, and done when the user says so", async () => {
    await lab().docker([
      ...["network", "create", "-d", "macvlan", "-o", "parent=lan0"],
      ...["--subnet=192.168.50.0/24", "--gateway=192.168.50.1", "home-lan"],
    ]);
    const run = ["run", "-dit", "--network=home-lan"];
    await lab().docker([...run, "--name=pihole", "--ip=192.168.50.20", "busybox"]);
    await lab().docker([...run, "--name=plex", "busybox"]);

    const { page, quickInput, tree } = workbench();
    await workbench().openView("Macvlan");
    await tree.expand("lan0");
    await tree.menu("home-lan", "Recreate with Other Settings...");
    await quickInput.choose("lan0");
    for (const step of ["(2/4)", "(3/4)"]) {
      await page.getByText(step).waitFor();
      await quickInput.accept();
    }
    await page.getByText("(4/4)").waitFor();
    await quickInput.enter("192.168.50.192/27");

    const dialog = page.locator(".monaco-dialog-box");
    await dialog.getByText("Recreate network home-lan?").waitFor();
    const text = (await dialog.textContent()) ?? "";
    assert.match(text, /docker network disconnect home-lan pihole/);
    assert.match(text, /docker network connect --ip=192\.168\.50\.20 home-lan pihole/);
    assert.match(text, /The address of plex was chosen by the engine/);
    await workbench().screenshot("plan-dark");
    await dialog.getByRole("button", { name: "Recreate" }).click();
    await tree.row(/home-lan.*range 192\.168\.50\.192\/27/).waitFor();
    assert.ok(await lab().ping("192.168.50.20", "router"));
    // What was shown stays, with the way back.
    await page.getByText("# The way back,").first().waitFor();
    await workbench().screenshot("plan-done-dark");
  });
});
