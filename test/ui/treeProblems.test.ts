import assert from "node:assert/strict";
import { useLab } from "../lab/suite.mjs";
import { useWorkbench } from "./suite";

const subnet = ["--subnet=192.168.50.0/24", "--gateway=192.168.50.1"];

describe("problems in the tree, as a user meets them", function () {
  const lab = useLab();
  const workbench = useWorkbench({
    lab,
    size: { width: 1280, height: 800 },
    settings: {
      "macvlan.lan": [{ subnet: "192.168.50.0/24", dhcp: ["192.168.50.100-192.168.50.199"] }],
      "workbench.hover.delay": 100,
    },
  });

  it("stand on their rows, are counted, explained, and ended from there", async function () {
    this.timeout(240_000);
    const docker = (text: string) => lab().docker(text.split(" "));
    const network = (name: string, ...more: string[]) =>
      lab().docker(["network", "create", "-d", "macvlan", ...more, name]);
    await network("lan", ...subnet, "--ip-range=192.168.50.64/30", "-o", "parent=lan0");
    const named = ["--label", "com.docker.compose.project=cameras"];
    await network("cameras", "--subnet=10.9.0.0/24", "-o", "parent=lan1", ...named);
    await docker("run -dit --network=lan --ip=192.168.50.20 --name=pihole alpine");
    await docker("stop -t 0 pihole");
    await docker("run -dit --network=lan --ip=192.168.50.20 --name=unifi alpine");
    await docker("run -dit --network=lan --ip=192.168.50.120 --name=printer-proxy alpine");
    await workbench().openView("Macvlan");
    const { tree, page } = workbench();
    await tree.row(/^unifi/).waitFor();
    await tree.row(/same address as unifi/).waitFor();
    await tree.row(/printer-proxy.*in the DHCP range/).waitFor();
    await workbench().screenshot("tree-problems-dark");

    await tree.row(/^pihole/).hover();
    const tooltip = page.locator(".monaco-hover:visible, .workbench-hover:visible");
    await tooltip.getByText("also claimed by unifi").waitFor();
    await tooltip.getByText("Give unifi another address on lan").waitFor();
    await tooltip.getByText("Disconnect unifi from lan").waitFor();
    await workbench().screenshot("tree-problem-tooltip-dark");
    await page.keyboard.press("Escape");

    await tree.inlineAction(/^pihole/, "What Helps");
    const picker = page.locator(".quick-input-widget");
    await picker.getByText("Disconnect unifi from lan").first().waitFor();
    await workbench().screenshot("tree-what-helps-dark");
    await workbench().quickInput.choose("Give unifi another address on lan");
    // The lowest free one is offered.
    await picker.getByText("Another address for unifi on lan").waitFor();
    await workbench().quickInput.accept();
    const dialog = page.locator(".monaco-dialog-box");
    await dialog.getByText("Give unifi 192.168.50.2 on lan?").waitFor();
    await workbench().screenshot("tree-problem-plan-dark");
    await dialog.getByRole("button", { name: "Change" }).click();
    await tree.row(/^unifi.*192\.168\.50\.2\b/).waitFor();
    await tree.row(/same address as/).waitFor({ state: "detached" });
    await docker("start pihole");

    await workbench().useTheme("light");
    await tree.titleAction("Filter Networks");
    await workbench().quickInput.enter("printer");
    await tree.row(/^unifi/).waitFor({ state: "detached" });
    assert.equal(await tree.row(/^printer-proxy/).count(), 1);
    await workbench().screenshot("tree-filtered-light");
    await tree.titleAction("Clear Filter");
    await tree.row(/^unifi/).waitFor();
  });
});
