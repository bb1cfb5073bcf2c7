/** What only the form knows to be wrong: what is missing, and names. All else the rules say. PURE. */
import type { Facts } from "../model/facts";
import type { Severity } from "../rules/rule";
import type { FieldId, WizardForm } from "./form";

/** Something wrong with a field, in words for its user. */
export interface Problem {
  readonly field: FieldId;
  readonly severity: Severity;
  readonly message: string;
  /** Id of the rule that found it; absent for the form's own checks. */
  readonly rule?: string;
  readonly fix?: ProblemFix;
  /** Nothing is wrong with what was typed: it is not there yet. */
  readonly missing?: true;
}

/** Fields to set, and the words on the button that does it. */
export interface ProblemFix {
  readonly title: string;
  readonly form: Partial<WizardForm>;
}

/** Moby's RestrictedNamePattern for networks and containers. */
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
/** Names that the engine keeps for networks of its own. */
const ownNames = new Set(["bridge", "host", "none", "default", "container"]);

export function checkForm(form: WizardForm, facts: Facts): Problem[] {
  const problems: Problem[] = [];
  const error = (field: FieldId, message: string) => {
    problems.push({ field, severity: "error", message });
  };
  const missing = (field: FieldId, message: string) => {
    problems.push({ field, severity: "error", message, missing: true });
  };
  if (form.parent.trim() === "" && !form.internal) {
    missing("parent", "Choose the interface of the host that is on the LAN.");
  }
  checkVlan(form, error);
  if (form.subnet.trim() === "") {
    missing("subnet", "Enter the subnet of the LAN, such as 192.168.1.0/24.");
  } else if (form.subnet.includes(":")) {
    error("subnet", "This is the IPv4 subnet. Tick IPv6 below to add an IPv6 one.");
  }
  if (form.ipv6 && form.subnet6.trim() !== "" && !form.subnet6.includes(":")) {
    error("subnet6", "Enter an IPv6 prefix here, such as fd00:10::/64.");
  }
  if (form.ipv6 && form.gateway6.trim() !== "" && form.subnet6.trim() === "") {
    error("subnet6", "Enter the IPv6 subnet that the gateway is in.");
  }
  if (form.name.trim() === "") missing("name", "Give the network a name.");
  else checkName(form.name.trim(), facts, error);
  checkExcluded(form, error);
  return problems;
}

type Report = (field: FieldId, message: string) => void;

function checkVlan(form: WizardForm, error: Report): void {
  const vlanId = form.vlanId.trim();
  if (vlanId === "") return;
  // Docker's reading (Go's Atoi) takes +5 and 010 too, and names the link so.
  if (!/^[1-9][0-9]*$/.test(vlanId) || Number(vlanId) > 4094) {
    error("vlanId", `${vlanId} is no VLAN id: write a number from 1 to 4094.`);
  }
}

function checkName(name: string, facts: Facts, error: Report): void {
  if (!namePattern.test(name)) {
    error(
      "name",
      "Docker takes letters, digits, and after the first of them also dots, dashes and underscores.",
    );
  } else if (ownNames.has(name)) {
    error("name", `${name} is a name that Docker keeps for itself.`);
  } else if (facts.networks?.some((network) => network.name === name)) {
    error("name", `The engine already has a network named ${name}.`);
  }
}

function checkExcluded(form: WizardForm, error: Report): void {
  const seen = new Set<string>();
  for (const [index, row] of form.excluded.entries()) {
    const [name, address] = [row.name.trim(), row.address.trim()];
    if (name !== "" && address === "") {
      error(`excluded.${index}.address`, `Enter the address of ${name}.`);
    }
    if (name === "") continue;
    if (!/^[A-Za-z0-9_.-]+$/.test(name)) {
      error(`excluded.${index}.name`, "Use letters, digits, dots, dashes and underscores.");
    } else if (seen.has(name)) {
      error(`excluded.${index}.name`, `${name} is the name of another excluded address.`);
    }
    seen.add(name);
    if (address.includes(":") && !form.ipv6) {
      error(`excluded.${index}.address`, "This is an IPv6 address, and the network has no IPv6.");
    }
    if (address.includes(":") && form.ipv6 && form.subnet6.trim() === "") {
      error(`excluded.${index}.address`, "Enter the IPv6 subnet that this address is in.");
    }
  }
}
