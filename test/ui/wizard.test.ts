import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import { useLab } from "../lab/suite.mjs";
import type { Theme } from "./driver";
import { useWorkbench } from "./suite";

interface InspectedNetwork {
  readonly Driver: string;
  readonly EnableIPv6: boolean;
  readonly Options: Record<string, string>;
  readonly IPAM: { readonly Config: readonly Record<string, unknown>[] };
}

/** What a user's LAN setting would say of the lab's LAN. */
const lanSetting = [
  {
    subnet: "192.168.50.0/24",
    dhcp: ["192.168.50.100-192.168.50.199"],
    reserved: [{ address: "192.168.50.5", name: "printer" }],
  },
];

describe("the network wizard in the workbench", function () {
  this.timeout(60_000);
  const lab = useLab();
  const workbench = useWorkbench({
    lab,
    settings: { "macvlan.lan": lanSetting },
    size: { width: 1440, height: 900 },
  });

  const textbox = (page: FrameLocator, name: string) =>
    page.getByRole("textbox", { name, exact: true });

  /** Opens the wizard and waits until it has judged the prefilled plan. */
  async function openWizard(): Promise<FrameLocator> {
    await workbench().command("View: Close All Editors");
    await workbench().command("Macvlan: Plan a Network...");
    const page = workbench().webview();
    await page.getByText("Docker will accept this.").waitFor();
    return page;
  }

  it("creates a network that docker network inspect shows as planned", async () => {
    const page = await openWizard();
    assert.equal(await textbox(page, "Subnet").inputValue(), "192.168.50.0/24");
    assert.equal(await textbox(page, "Gateway").inputValue(), "192.168.50.1");
    await textbox(page, "Range for containers (ip_range)").fill("192.168.50.208/28");
    await page.getByRole("button", { name: "Add an excluded address" }).click();
    await textbox(page, "Name of excluded address 1").fill("nas");
    await textbox(page, "Excluded address 1").fill("192.168.50.210");
    await textbox(page, "Name").fill("iot");
    await page.getByText("--aux-address=nas=192.168.50.210").waitFor();
    await page.getByText("Docker will accept this.").waitFor();
    await page.getByRole("button", { name: "Create on the engine" }).click();
    await page.getByText("Network iot created.").waitFor();
    // The workbench under test shows no toasts, but keeps the notification.
    await workbench().command("Notifications: Show Notifications");
    const notification = workbench().page.locator(".notifications-center");
    await notification.getByRole("button", { name: "Show in Tree" }).click();
    await workbench().page.locator(".sidebar").getByText("iot", { exact: true }).waitFor();

    const text = await lab().docker(["network", "inspect", "iot"]);
    const [network] = JSON.parse(text) as InspectedNetwork[];
    assert.equal(network?.Driver, "macvlan");
    assert.equal(network.EnableIPv6, false);
    assert.deepEqual(network.Options, { parent: "lan0" });
    assert.deepEqual(network.IPAM.Config, [
      {
        Subnet: "192.168.50.0/24",
        IPRange: "192.168.50.208/28",
        Gateway: "192.168.50.1",
        AuxiliaryAddresses: { nas: "192.168.50.210" },
      },
    ]);

    // A container on it gets an address of the range, and the LAN answers it.
    await lab().docker(["run", "-dit", "--rm", "--network=iot", "--name=probe", "alpine"]);
    const format = "{{.NetworkSettings.Networks.iot.IPAddress}}";
    const address = await lab().docker(["inspect", "-f", format, "probe"]);
    assert.equal(address.trim(), "192.168.50.208");
    assert.ok(await lab().ping("192.168.50.1", { container: "probe" }));
  });

  it("says of the tutorial's own subnet what the engine would, and mends it", async () => {
    const page = await openWizard();
    await textbox(page, "Subnet").fill("192.168.50.110/24");
    const problem = page.locator("#subnet-problems .problem.error");
    await problem.waitFor();
    await problem.getByRole("button").click();
    await page.getByText("Docker will accept this.").waitFor();
    assert.equal(await textbox(page, "Subnet").inputValue(), "192.168.50.0/24");
  });

  it("shows a network at once that the command line has made", async () => {
    const page = await openWizard();
    assert.equal(await textbox(page, "Name").inputValue(), "lan");
    await textbox(page, "Gateway").fill("192.168.50.254");
    await page.getByText("Docker will accept this.").waitFor();
    await lab().docker(["network", "create", "-d", "macvlan", "-o", "parent=lan1", "lan"]);
    await page.locator("#name-problems").getByText("already has a network named lan").waitFor();
  });

  it("inserts into the compose file that is open, and keeps what is typed while it is hidden", async () => {
    await workbench().command("View: Close All Editors");
    await workbench().editor.open("homelab/compose.yaml");
    await workbench().command("Macvlan: Plan a Network...");
    const page = workbench().webview();
    await textbox(page, "Name").fill("iot");
    await page.getByText("name: iot").waitFor();
    await page.getByRole("button", { name: /^Insert into/ }).click();
    await workbench().page.locator(".monaco-editor .view-lines").getByText("iot").first().waitFor();
    await workbench().editor.save();
    const path = join(workbench().folder, "homelab/compose.yaml");
    const network = "\n  iot:\n    name: iot\n    driver: macvlan\n";
    // Saved by the server, a moment after the tab has lost its mark.
    const deadline = Date.now() + 5_000;
    while (!readFileSync(path, "utf8").includes(network) && Date.now() < deadline) {
      await workbench().page.waitForTimeout(50);
    }
    assert.ok(readFileSync(path, "utf8").includes(network), readFileSync(path, "utf8"));

    await workbench().command("Macvlan: Plan a Network...");
    await page.getByText("name: iot").waitFor();
  });

  it("is there again, as it was left, after the window was reloaded", async () => {
    const page = await openWizard();
    await textbox(page, "Name").fill("kept");
    await page.getByText("name: kept").waitFor();
    // In a browser the workbench writes its state down every five seconds; a reload may come too early for it.
    await workbench().page.waitForTimeout(7_000);
    await workbench().page.reload();
    await workbench().waitForExtensions();
    await workbench().webview().getByText("name: kept").waitFor();
  });

  it("asks the same questions one by one in Quick Create, with a way back", async () => {
    await workbench().command("View: Close All Editors");
    await workbench().command("Macvlan: Quick Create a Network...");
    const { quickInput, page } = workbench();
    const step = (number: number) =>
      quickInput.title().getByText(`(${number}/10)`, { exact: false }).waitFor();
    await step(1);
    await quickInput.choose("lan0");
    await step(2);
    await quickInput.accept();
    await step(3);
    await quickInput.choose("macvlan bridge");
    await step(4);
    assert.equal(await quickInput.value(), "192.168.50.0/24");
    await quickInput.enter("192.168.50.110/24");
    await quickInput.message().getByText("192.168.50.110/24").waitFor();
    await step(4);
    await quickInput.enter("192.168.50.0/24");
    await step(5);
    await page.getByRole("button", { name: "Back" }).click();
    await step(4);
    await quickInput.accept();
    await step(5);
    for (let next = 6; next <= 9; next++) {
      await quickInput.accept();
      await step(next);
    }
    await quickInput.enter("quick");
    await step(10);
    await workbench().screenshot("quick-create");
    await quickInput.choose("Create on the engine");
    await quickInput.waitUntilClosed();
    const deadline = Date.now() + 10_000;
    for (;;) {
      const { code, stdout } = await lab().tryDocker(["network", "inspect", "quick"]);
      if (code === 0) {
        const [network] = JSON.parse(stdout) as InspectedNetwork[];
        assert.deepEqual(network?.IPAM.Config, [
          { Subnet: "192.168.50.0/24", IPRange: "192.168.50.64/27", Gateway: "192.168.50.1" },
        ]);
        break;
      }
      assert.ok(Date.now() < deadline, "the network is not there");
    }
  });

  it("begins from an interface of the tree", async () => {
    await workbench().command("View: Close All Editors");
    await workbench().openView("Macvlan");
    await workbench().tree.inlineAction("lan1", "Plan a Network...");
    const page = workbench().webview();
    await page.getByText("parent=lan1").waitFor();
    assert.equal(await textbox(page, "Subnet").inputValue(), "192.168.60.0/24");
  });

  for (const theme of ["dark", "light", "highContrast", "highContrastLight"] satisfies Theme[]) {
    it(`is worth looking at: ${theme}`, async () => {
      await workbench().useTheme(theme);
      const page = await openWizard();
      await lab().docker(["network", "create", "-d", "macvlan", "-o", "parent=lan1", "cameras"]);
      await textbox(page, "Range for containers (ip_range)").fill("192.168.50.96/27");
      await page.locator("#ipRange-problems .problem").first().waitFor();
      await workbench().page.waitForTimeout(300);
      await workbench().screenshot(`wizard-${theme}`);
    });
  }
});
