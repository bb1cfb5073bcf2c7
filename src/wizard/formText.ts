/** The form as a compose file, with the way from a place of the file back to the field. PURE. */
import { type SpecPath, networkYaml } from "../compose/networkYaml";
import type { ComposeProject, NetworkDeclaration } from "../compose/project";
import { type Draft, type FieldId, type WizardForm, modesOf, readDriver } from "./form";

/** Its folder gives Compose's project a name that no container of the user has. */
export const formPath = "/macvlan-network-wizard/compose.yaml";

export interface FormText {
  /** The networks alone: what the user copies. */
  readonly yaml: string;
  /** With a service on the network, since Compose creates only networks that are used. */
  readonly checked: string;
  /** The field that a finding at this offset of `checked` is about; undefined in the service. */
  fieldAt(offset: number): FieldId | undefined;
}

/** A name that is no key of compose stands in for one, so that the rules can say the rest. */
const fallbackKey = "network";

export function formText(draft: Draft): FormText {
  const { spec } = draft;
  const key = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(spec.name) ? spec.name : fallbackKey;
  const spans: { from: number; field: FieldId }[] = [];
  let yaml = "networks:\n";
  for (const pieces of networkYaml(key, spec, { step: 2, indent: 2 })) {
    for (const { text, path } of pieces) {
      spans.push({ from: yaml.length, field: fieldOf(path, draft) });
      yaml += text;
    }
    yaml += "\n";
  }
  const services = `services:\n  app:\n    image: busybox\n    networks:\n      - ${JSON.stringify(key)}\n`;
  return {
    yaml,
    checked: yaml + services,
    fieldAt: (offset) =>
      offset >= yaml.length
        ? undefined
        : (spans.findLast(({ from }) => from <= offset)?.field ?? "name"),
  };
}

function fieldOf(path: SpecPath, draft: Draft): FieldId {
  const pool = draft.pools[path.pool ?? -1];
  const v6 = pool?.family === 6;
  switch (path.property) {
    case "subnet":
      return v6 ? "subnet6" : "subnet";
    case "gateway":
      return v6 ? "gateway6" : "gateway";
    case "ipRange":
      return "ipRange";
    case "aux": {
      const row = path.auxName === undefined ? undefined : pool?.rows.get(path.auxName);
      return row === undefined ? "excluded" : `excluded.${row}.${path.part ?? "address"}`;
    }
    case "enableIpv6":
      return "ipv6";
    case "name":
    case "driver":
    case "parent":
    case "mode":
    case "internal":
      return path.property;
  }
}

/**
 * What differs between the form and a project that a fix made of its text: the fix as changes of
 * fields. Empty when the fix is about something that the form does not show.
 */
export function formChanges(form: WizardForm, project: ComposeProject): Partial<WizardForm> {
  const network = project.networks[0];
  if (!network) return {};
  const read = { ...readAddresses(network), ...readLink(form, network) };
  const changes: [string, unknown][] = [];
  for (const [field, value] of Object.entries(read)) {
    const current = form[field as keyof WizardForm];
    const same =
      typeof current === "string" && typeof value === "string"
        ? current.trim() === value
        : JSON.stringify(current) === JSON.stringify(value);
    if (!same) changes.push([field, value]);
  }
  return Object.fromEntries(changes);
}

function readAddresses(network: NetworkDeclaration): Partial<WizardForm> {
  const isV6 = (text: string | undefined) => text?.includes(":") === true;
  const v4 = network.ipam.find((entry) => !isV6(entry.subnet?.text));
  const v6 = network.ipam.find((entry) => isV6(entry.subnet?.text));
  return {
    subnet: v4?.subnet?.text ?? "",
    gateway: v4?.gateway?.text ?? "",
    ipRange: v4?.ipRange?.text ?? "",
    ...(network.enableIpv6 === true
      ? { subnet6: v6?.subnet?.text ?? "", gateway6: v6?.gateway?.text ?? "" }
      : {}),
    excluded: network.ipam.flatMap((entry) =>
      entry.aux.map(({ key, value }) => ({ name: key, address: value.text })),
    ),
    ipv6: network.enableIpv6 === true,
    internal: network.internal === true,
  };
}

function readLink(form: WizardForm, network: NetworkDeclaration): Partial<WizardForm> {
  const driver = readDriver(network.driver?.text) ?? form.driver;
  const option = (key: string) => network.driverOpts.find((entry) => entry.key === key)?.value.text;
  const parent = option("parent") ?? "";
  const vlan = form.vlanId.trim();
  const keepsVlan = vlan !== "" && parent.endsWith(`.${vlan}`);
  return {
    driver,
    mode: option(`${driver}_mode`) ?? modesOf[driver][0],
    parent: keepsVlan ? parent.slice(0, -vlan.length - 1) : parent,
    vlanId: keepsVlan ? vlan : "",
  };
}
