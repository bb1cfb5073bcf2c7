/**
 * What the host runs on, from the tables of its firmware (DMI, SMBIOS): a hypervisor or a cloud decides
 * whether frames with the MAC addresses of containers come through.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine, MachineKind } from "../model/facts";

export const dmiFolder = "/sys/class/dmi/id";

/** Files of `dmiFolder` that every user may read. */
export const dmiFiles = [
  "sys_vendor",
  "product_name",
  "bios_vendor",
  "board_vendor",
  "chassis_asset_tag",
] as const;
export type Dmi = Readonly<Partial<Record<(typeof dmiFiles)[number], string>>>;

/** Azure gives this tag to the chassis of all its machines; Hyper-V elsewhere does not. */
const azureTag = "7783-7084-3265-9085-8269-3286-77";

/** The first that fits. Clouds come first: they run on hypervisors that name themselves, too. */
const marks: readonly (readonly [kind: MachineKind, fits: (dmi: Dmi, all: string) => boolean])[] = [
  ["aws", (_, all) => /\bAmazon EC2\b/i.test(all)],
  ["azure", ({ chassis_asset_tag }) => chassis_asset_tag === azureTag],
  ["gcp", (_, all) => /\bGoogle Compute Engine\b|\bGoogle Cloud\b/i.test(all)],
  ["digitalocean", (_, all) => /\bDigitalOcean\b/i.test(all)],
  ["hetzner", ({ sys_vendor = "" }) => /^Hetzner$/i.test(sys_vendor)],
  ["oracle", ({ chassis_asset_tag = "" }) => chassis_asset_tag.startsWith("OracleCloud")],
  ["alibaba", (_, all) => /\bAlibaba Cloud\b/i.test(all)],
  ["openstack", (_, all) => /\bOpenStack\b/i.test(all)],
  ["vmware", ({ sys_vendor = "" }) => /^VMware/i.test(sys_vendor)],
  [
    "hyperv",
    ({ sys_vendor = "", product_name = "" }) =>
      sys_vendor === "Microsoft Corporation" && product_name === "Virtual Machine",
  ],
  ["virtualbox", (_, all) => /\binnotek GmbH\b|\bVirtualBox\b/i.test(all)],
  ["parallels", ({ sys_vendor = "" }) => /^Parallels/i.test(sys_vendor)],
  ["xen", ({ sys_vendor = "" }) => /^Xen$/i.test(sys_vendor)],
  [
    "kvm",
    ({ sys_vendor = "", product_name = "", bios_vendor = "" }) =>
      /^QEMU$/i.test(sys_vendor) ||
      /^(KVM|Standard PC)\b/.test(product_name) ||
      /^SeaBIOS$/i.test(bios_vendor),
  ],
];

/** Undefined for bare metal and for what is not known. */
export function machineFromDmi(dmi: Dmi): Machine | undefined {
  const all = Object.values(dmi).join("\n");
  const kind = marks.find(([, fits]) => fits(dmi, all))?.[0];
  if (!kind) return undefined;
  const name = [dmi.sys_vendor, dmi.product_name].filter((text) => text).join(" ");
  return { kind, name: name || kind };
}

/** `folder`: another one of the same shape. */
export async function readMachine(folder = dmiFolder): Promise<Machine | undefined> {
  const entries = await Promise.all(
    dmiFiles.map(async (file) => {
      const content = await readFile(join(folder, file), "utf8").catch(() => "");
      return [file, content.trim()] as const;
    }),
  );
  return machineFromDmi(Object.fromEntries(entries.filter(([, content]) => content !== "")));
}
