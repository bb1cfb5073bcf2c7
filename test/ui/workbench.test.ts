import assert from "node:assert/strict";
import { useLab } from "../lab/suite.mjs";
import { useWorkbench } from "./suite";

describe("the demo workspace in the workbench", () => {
  const lab = useLab();
  const workbench = useWorkbench({ lab, theme: "light" });

  it("marks the tutorial's subnet", async () => {
    const { editor } = workbench();
    await editor.open("tutorial/compose.yaml");
    await editor.squiggles("error").first().waitFor();
    assert.match(await editor.visibleText(), /subnet: 192\.168\.0\.110\/24/);
    await workbench().screenshot("tutorial-light");
    await workbench().useTheme("dark");
    await workbench().screenshot("tutorial-dark");
  });

  it("shows the interfaces of the Docker host", async () => {
    await workbench().openView("Macvlan");
    await workbench().tree.row("lan0").waitFor();
    await workbench().screenshot("interfaces-dark");
  });
});
