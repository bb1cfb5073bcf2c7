/** The questions of Quick Create as data: what each asks, and how its answer changes the form. PURE. */
import type { Facts } from "../model/facts";
import type { Severity } from "../rules/rule";
import { type ExcludedRow, type FieldId, type WizardForm, modesOf } from "./form";
import type { Evaluation } from "./plan";
import { rebase } from "./prefill";

export interface TextQuestion {
  readonly kind: "text";
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: (form: WizardForm) => string;
  readonly answer: (form: WizardForm, text: string, facts: Facts) => WizardForm;
  /** Problems of these fields are shown while typing. */
  readonly concerns: (field: FieldId) => boolean;
}

export interface ModeQuestion {
  readonly kind: "mode";
  readonly prompt: string;
}

export interface ParentQuestion {
  readonly kind: "parent";
  readonly prompt: string;
}

export type Question = TextQuestion | ModeQuestion | ParentQuestion;

export const parentText: TextQuestion = {
  ...text("parent", "The host's interface on the LAN", "eth0"),
  answer: (form, parent, facts) => rebase(form, { parent, vlanId: form.vlanId }, facts),
};

/** In the order in which they are asked. */
export const questions: readonly Question[] = [
  { kind: "parent", prompt: "The host's interface on the LAN" },
  {
    ...text(
      "vlanId",
      "VLAN id of a trunk (makes a sub-interface such as eth0.10); empty for none",
      "10",
    ),
    answer: (form, vlanId, facts) => rebase(form, { parent: form.parent, vlanId }, facts),
  },
  { kind: "mode", prompt: "How containers are on the LAN" },
  text("subnet", "Subnet of the LAN, as the router has it", "192.168.1.0/24"),
  text("gateway", "The LAN's router, the containers' default route; empty for none", "192.168.1.1"),
  text(
    "ipRange",
    "Part of the subnet that Docker hands out, outside the router's DHCP range",
    "192.168.1.192/27",
  ),
  {
    kind: "text",
    prompt: "Excluded addresses that Docker must not hand out, as name=address, …; empty for none",
    placeholder: "printer=192.168.1.5, nas=192.168.1.6",
    value: (form) => formatExcluded(form.excluded),
    answer: (form, typed) => ({ ...form, excluded: parseExcluded(typed) }),
    concerns: (field) => field.startsWith("excluded"),
  },
  {
    kind: "text",
    prompt: "IPv6 subnet; empty for a network without IPv6",
    placeholder: "fd00:10::/64",
    value: (form) => (form.ipv6 ? form.subnet6 : ""),
    answer: (form, subnet6) => ({ ...form, ipv6: subnet6 !== "", subnet6 }),
    concerns: (field) => field === "subnet6" || field === "gateway6" || field === "ipv6",
  },
  text("name", "Name of the network", "lan"),
];

function text(
  field: "parent" | "vlanId" | "subnet" | "gateway" | "ipRange" | "name",
  prompt: string,
  placeholder: string,
): TextQuestion {
  return {
    kind: "text",
    prompt,
    placeholder,
    value: (form) => form[field],
    answer: (form, typed) => ({ ...form, [field]: typed }),
    concerns: (concerned) => concerned === field,
  };
}

export interface ModeChoice {
  readonly driver: WizardForm["driver"];
  readonly mode: string;
}

export const modeChoices: readonly ModeChoice[] = (["macvlan", "ipvlan"] as const).flatMap(
  (driver) => modesOf[driver].map((mode) => ({ driver, mode })),
);

/** The worst problem that the question's answer would have. */
export function worstProblem(
  question: TextQuestion,
  { problems }: Evaluation,
): { readonly message: string; readonly severity: Severity } | undefined {
  return problems.find(({ field }) => question.concerns(field));
}

/** `a=1.2.3.4, 1.2.3.5`: pairs between commas or blanks; a text without `=` is an address. */
export function parseExcluded(typed: string): ExcludedRow[] {
  return typed
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      return equals < 0
        ? { name: "", address: part }
        : { name: part.slice(0, equals), address: part.slice(equals + 1) };
    });
}

export function formatExcluded(rows: readonly ExcludedRow[]): string {
  return rows.map(({ name, address }) => (name === "" ? address : `${name}=${address}`)).join(", ");
}
