import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dmi, machineFromDmi, readMachine } from "../../../src/host/machine";

/** As the files of /sys/class/dmi/id read there. */
const machines: readonly (readonly [kind: string | undefined, dmi: Dmi])[] = [
  ["vmware", { sys_vendor: "VMware, Inc.", product_name: "VMware7,1" }],
  ["hyperv", { sys_vendor: "Microsoft Corporation", product_name: "Virtual Machine" }],
  [
    "azure",
    {
      sys_vendor: "Microsoft Corporation",
      product_name: "Virtual Machine",
      chassis_asset_tag: "7783-7084-3265-9085-8269-3286-77",
    },
  ],
  [undefined, { sys_vendor: "Microsoft Corporation", product_name: "Surface Pro" }],
  ["virtualbox", { sys_vendor: "innotek GmbH", product_name: "VirtualBox" }],
  ["kvm", { sys_vendor: "QEMU", product_name: "Standard PC (Q35 + ICH9, 2009)" }],
  ["aws", { sys_vendor: "Amazon EC2", product_name: "t3.micro" }],
  ["gcp", { sys_vendor: "Google", product_name: "Google Compute Engine" }],
  ["digitalocean", { sys_vendor: "DigitalOcean", product_name: "Droplet" }],
  ["hetzner", { sys_vendor: "Hetzner", product_name: "vServer" }],
  ["openstack", { sys_vendor: "OpenStack Foundation", product_name: "OpenStack Nova" }],
  [undefined, { sys_vendor: "Dell Inc.", product_name: "PowerEdge R640" }],
  [undefined, { sys_vendor: "Synology", product_name: "DS920+" }],
  [undefined, {}],
];

describe("what the host runs on", () => {
  for (const [kind, dmi] of machines) {
    it(`${kind ?? "bare metal, or unknown"}: ${dmi.sys_vendor ?? "no firmware tables"} ${dmi.product_name ?? ""}`, () => {
      assert.equal(machineFromDmi(dmi)?.kind, kind);
    });
  }

  it("is read from the kernel's files, as far as they are there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dmi-"));
    try {
      assert.equal(await readMachine(folder), undefined);
      writeFileSync(join(folder, "sys_vendor"), "VMware, Inc.\n");
      assert.deepEqual(await readMachine(folder), { kind: "vmware", name: "VMware, Inc." });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
