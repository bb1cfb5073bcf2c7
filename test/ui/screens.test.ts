import assert from "node:assert/strict";
import { useLab } from "../lab/suite.mjs";
import { useWorkbench } from "./suite";

describe("the view without an engine", () => {
  const workbench = useWorkbench({
    settings: { "macvlan.dockerHost": "unix:///nowhere/docker.sock" },
  });

  it("says so, with the way out, and checks compose files all the same", async () => {
    await workbench().openView("Macvlan");
    const screen = workbench().tree.welcome();
    await screen.getByText("No Docker engine answers.").waitFor();
    await screen.getByRole("button", { name: "Try Again" }).waitFor();
    await workbench().editor.open("tutorial/compose.yaml");
    await workbench().editor.squiggles("error").first().waitFor();
    await workbench().screenshot("no-engine-dark");
  });
});

describe("the view in a folder that is not trusted", () => {
  const lab = useLab();
  const workbench = useWorkbench({ lab, untrusted: true });

  it("contacts no engine, says why, and checks compose files all the same", async () => {
    await workbench().openView("Macvlan");
    const screen = workbench().tree.welcome();
    await screen.getByText("only in folders that you trust").waitFor();
    assert.equal(await workbench().tree.rows().count(), 0);
    await workbench().editor.open("tutorial/compose.yaml");
    await workbench().editor.squiggles("error").first().waitFor();
    await workbench().screenshot("untrusted-dark");
  });
});
