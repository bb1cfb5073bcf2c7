import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Browser } from "playwright-core";
import type { NetworkSpec } from "../../src/model/network";
import { launchChromium, whyNoChromium } from "../lab/chromium.mjs";
import { skip } from "../lab/skip.mjs";
import { home } from "../unit/wizard/facts";
import { WizardPage, type WizardPageOptions } from "./wizardPage";

describe("the wizard's page", function () {
  this.timeout(30_000);
  let browser: Browser | undefined;

  before("start Chromium", async function () {
    this.timeout(300_000);
    const reason = whyNoChromium();
    if (reason) skip(this, reason);
    browser = await launchChromium();
  });
  after("end Chromium", () => browser?.close());

  /** Opens the page, does something, and finds that the browser had nothing to complain of. */
  async function onPage(
    options: Partial<WizardPageOptions>,
    work: (wizard: WizardPage) => Promise<void>,
  ): Promise<void> {
    assert.ok(browser);
    const wizard = await WizardPage.open(browser, { facts: home, ...options });
    try {
      await wizard.page.locator("#copyYaml").waitFor();
      await work(wizard);
      assert.deepEqual(wizard.complaints, []);
    } finally {
      await wizard.page.close();
    }
  }

  it("loads under its policy and shows what is prefilled", () =>
    onPage({ composeFile: "compose.yaml" }, async ({ page }) => {
      await page.getByRole("status").getByText("Docker will accept this.").waitFor();
      const field = (name: string) => page.getByRole("textbox", { name }).inputValue();
      assert.equal(await field("Subnet"), "192.168.1.0/24");
      assert.equal(await field("Gateway"), "192.168.1.1");
      assert.equal(await field("Range for containers (ip_range)"), "192.168.1.64/27");
      assert.equal(await field("Name"), "lan");
      await page.getByRole("combobox", { name: "Parent interface" }).getByText("eth0").waitFor();
      await page.getByText("Docker Engine 28.5.2 on nas").waitFor();
      await page.getByRole("button", { name: "Insert into compose.yaml" }).waitFor();
      await page.getByText("--ip-range=192.168.1.64/27 \\").waitFor();
    }));

  it("refuses to run a script that has no nonce", async () => {
    assert.ok(browser);
    const wizard = await WizardPage.open(browser, { facts: home });
    await wizard.page.evaluate(`
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken over'";
      document.body.append(script);`);
    assert.equal(await wizard.page.title(), "Plan a network");
    assert.match(wizard.complaints.join(), /Content Security Policy/);
    await wizard.page.close();
  });

  it("says beside the field what is wrong, ties it to the input, and mends it", () =>
    onPage({}, async ({ page }) => {
      const subnet = page.getByRole("textbox", { name: "Subnet", exact: true });
      assert.equal(await subnet.getAttribute("aria-invalid"), "false");
      await subnet.fill("192.168.1.110/24");
      const problem = page.locator("#subnet-problems .problem.error");
      await problem.waitFor();
      assert.match((await problem.textContent()) ?? "", /Error:.*192\.168\.1\.110\/24/s);
      assert.equal(await subnet.getAttribute("aria-invalid"), "true");
      const described = await subnet.evaluate((input: unknown) =>
        (input as { ariaDescribedByElements: { id: string }[] }).ariaDescribedByElements.map(
          (element) => element.id,
        ),
      );
      assert.deepEqual(described, ["subnet-problems", "subnet-help"]);
      await page.getByRole("status").getByText("1 error").waitFor();

      await problem.getByRole("button").click();
      await page.getByText("Docker will accept this.").waitFor();
      assert.equal(await subnet.inputValue(), "192.168.1.0/24");
    }));

  it("creates by Ctrl+Enter what the form says", () =>
    onPage({}, async ({ page, created }) => {
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("iot");
      await page.getByRole("button", { name: "Add an excluded address" }).click();
      await page.getByRole("textbox", { name: "Name of excluded address 1" }).fill("tv");
      await page
        .getByRole("textbox", { name: "Excluded address 1", exact: true })
        .fill("192.168.1.70");
      await page.getByText("Docker will accept this.").waitFor();
      await page.keyboard.press("Control+Enter");
      await page.getByRole("status").getByText("Network iot created.").waitFor();
      const expected: NetworkSpec = {
        name: "iot",
        driver: "macvlan",
        parent: "eth0",
        internal: false,
        enableIpv6: false,
        pools: [
          {
            subnet: "192.168.1.0/24",
            gateway: "192.168.1.1",
            ipRange: "192.168.1.64/27",
            aux: { tv: "192.168.1.70" },
          },
        ],
      };
      assert.deepEqual(created, [expected]);
    }));

  it("leads to the first problem instead of creating", () =>
    onPage({}, async ({ page, created }) => {
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("");
      await page.getByRole("textbox", { name: "Gateway" }).fill("10.0.0.1");
      await page.getByRole("status").getByText("2 errors").waitFor();
      await page.getByRole("button", { name: "Create on the engine" }).click();
      const focused = await page.evaluate("document.activeElement.id");
      assert.equal(focused, "gateway");
      assert.deepEqual(created, []);
    }));

  it("says on the page why the engine refused", () =>
    onPage({ create: () => Promise.reject(new Error("the pool is taken")) }, async ({ page }) => {
      await page.getByText("Docker will accept this.").waitFor();
      await page.getByRole("button", { name: "Create on the engine" }).click();
      await page.getByRole("status").getByText("the pool is taken").waitFor();
    }));

  it("does not tell the network off that it has just made", () =>
    onPage({}, async (wizard) => {
      await wizard.page.getByText("Docker will accept this.").waitFor();
      await wizard.page.getByRole("button", { name: "Create on the engine" }).click();
      const made = { id: "1", name: "lan", driver: "macvlan", parent: "eth0", ipam: [] };
      wizard.changeFacts({ ...home, networks: [...(home.networks ?? []), made] });
      await wizard.page.getByText("Network lan created.").waitFor();
      await wizard.page.waitForTimeout(150);
      assert.equal(await wizard.page.locator(".problem.error").count(), 0);
      // As soon as the plan is another one, the name is taken.
      await wizard.page.getByRole("textbox", { name: "Gateway" }).fill("192.168.1.254");
      await wizard.page
        .locator("#name-problems")
        .getByText("already has a network named lan")
        .waitFor();
    }));

  it("follows the parent and the VLAN id with the fields that were not touched", () =>
    onPage({}, async ({ page }) => {
      await page.getByText("Docker will accept this.").waitFor();
      await page.getByRole("textbox", { name: "VLAN id" }).pressSequentially("10");
      const subnet = page.getByRole("textbox", { name: "Subnet", exact: true });
      await page.getByText("parent=eth0.10 \\").waitFor();
      await page.getByText("--subnet=192.168.10.0/24").waitFor();
      assert.equal(await subnet.inputValue(), "192.168.10.0/24");
      assert.equal(
        await page.getByRole("textbox", { name: "Name", exact: true }).inputValue(),
        "vlan10",
      );
      await page.getByRole("textbox", { name: "VLAN id" }).fill("");
      await page.getByText("parent=eth0 \\").waitFor();
      await page.getByText("--subnet=192.168.1.0/24").waitFor();

      await page.getByRole("combobox", { name: "Parent interface" }).click();
      await page.getByRole("option", { name: /^wlan0/ }).click();
      await page.getByText("wlan0 is Wi-Fi").first().waitFor();
    }));

  it("lets the parent be typed where the interfaces are not known, and takes them when they are", () =>
    onPage({ facts: {} }, async (wizard) => {
      const { page } = wizard;
      await page.getByRole("textbox", { name: "Parent interface" }).waitFor();
      await page.getByRole("status").getByText("2 fields to fill in").waitFor();
      assert.equal(await page.locator(".problem").count(), 0, "nobody has typed yet");
      wizard.changeFacts(home);
      await page.getByRole("combobox", { name: "Parent interface" }).getByText("eth0").waitFor();
      await page.getByText("--subnet=192.168.1.0/24").waitFor();
    }));

  it("begins where it was left", () =>
    onPage({}, async (wizard) => {
      await wizard.page.getByRole("textbox", { name: "Name", exact: true }).fill("iot");
      await wizard.page.getByText("name: iot").waitFor();
      await onPage({ kept: wizard.kept }, async ({ page }) => {
        await page.getByText("name: iot").waitFor();
      });
    }));

  it("blocks Create, and only that, where macvlan cannot work", () =>
    onPage({ facts: { ...home, engine: { desktop: true } } }, async ({ page, copied }) => {
      await page.getByRole("alert").getByText("Docker Desktop").waitFor();
      const disabled = await page.locator("#create").getAttribute("disabled");
      assert.notEqual(disabled, null);
      await page.getByRole("button", { name: "Copy command" }).click();
      await page.getByText("Command copied.").waitFor();
      assert.match(copied[0] ?? "", /^docker network create -d macvlan/);
    }));

  it("has every input in the order of the page, with a name and a description", () =>
    onPage({}, async ({ page }) => {
      await page.getByText("Docker will accept this.").waitFor();
      const order: string[] = [];
      await page.locator("body").click({ position: { x: 2, y: 2 } });
      for (let i = 0; i < 14; i++) {
        await page.keyboard.press("Tab");
        order.push(
          String(
            await page.evaluate(
              "document.activeElement.id || document.activeElement.getAttribute('value') || document.activeElement.textContent.trim()",
            ),
          ),
        );
      }
      assert.deepEqual(order, [
        "parent",
        "vlanId",
        "subnet",
        "gateway",
        "ipRange",
        "Set the DHCP range",
        "add-excluded",
        "ipv6",
        "name",
        "macvlan",
        "mode",
        "internal",
        "The same as a table",
        "copyCommand",
      ]);
      for (const box of await page.getByRole("textbox").all()) {
        assert.notEqual(await box.getAttribute("aria-label"), "");
      }
    }));

  it("tells the picture as a table too", () =>
    onPage({}, async ({ page }) => {
      await page.getByText("The same as a table").click();
      const rows = await page.getByRole("row").allTextContents();
      const words = rows.map((row) => row.replaceAll(/\s+/g, " ").trim());
      assert.ok(
        words.includes("192.168.1.100 192.168.1.199 100 DHCP range DHCP"),
        words.join("\n"),
      );
      assert.ok(words.includes("192.168.1.5 192.168.1.5 1 Excluded printer"), words.join("\n"));
      assert.equal(await page.locator("svg[role=img] .cell").count(), 256);
    }));

  it("stands in one column where it is narrow, without scrolling sideways", () =>
    onPage({ size: { width: 420, height: 800 } }, async ({ page }) => {
      await page.getByText("Docker will accept this.").waitFor();
      const width = await page.evaluate("document.documentElement.scrollWidth");
      assert.equal(width, 420);
    }));

  it("switches the driver, and the modes with it", () =>
    onPage({}, async ({ page }) => {
      await page.getByText("ipvlan: all share").click();
      await page.getByText("docker network create -d ipvlan").waitFor();
      const mode = page.getByRole("combobox", { name: "Mode" });
      await mode.getByText("l2").waitFor();
      await mode.click();
      await page.getByRole("option", { name: "l3", exact: true }).click();
      await page.getByText("-o ipvlan_mode=l3").waitFor();
      await page.getByText("macvlan: a MAC").click();
      await page.getByRole("combobox", { name: "Mode" }).getByText("bridge").waitFor();
    }));
});
