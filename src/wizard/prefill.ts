/** The form that a plan starts with, from what is known of the host and its LAN. PURE. */
import { type PlanPart, addressPlan } from "../model/addressPlan";
import {
  type Address,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  firstOf,
  formatAddress,
  formatPrefix,
  lastOf,
  parseAddress,
  parsePrefix,
  prefixesOverlap,
  rangeOf,
} from "../model/cidr";
import type { Facts } from "../model/facts";
import { partsOfFacts } from "../rules/free";
import { type WizardForm, emptyForm, parentOf } from "./form";
import { likelyParent } from "./parents";

/**
 * A form for the parent (else the likeliest one), with subnet and gateway of the LAN that the parent
 * is on, a free part of it as ip_range, and a free name. With a VLAN id the LAN is the one of the
 * sub-interface, if that exists; else subnet and gateway stay empty, as nothing tells them.
 */
export function prefill(facts: Facts, parent?: string, vlanId = ""): WizardForm {
  const chosen = parent ?? likelyParent(facts) ?? "";
  const base: WizardForm = { ...emptyForm, parent: chosen, vlanId };
  const link = parentOf(base);
  const host = facts.interfaces?.find(({ name }) => name === link);
  const form: WizardForm = { ...base, name: freeName(vlanId.trim(), facts) };
  const prefix = host?.addresses.map(parsePrefix).find((p) => p?.family === 4 && p.length < 32);
  if (!host || !prefix) return form;
  const subnet = canonicalPrefix(prefix);
  const gateway = gatewayIn(subnet, host.gateway);
  return {
    ...form,
    subnet: formatPrefix(subnet),
    gateway: gateway ? formatAddress(gateway) : "",
    ipRange: freeRange(subnet, gateway, facts),
  };
}

/**
 * The form after its parent or VLAN id changed: fields that still hold what the old parent
 * prefilled get what the new one prefills, fields that the user typed stay.
 */
export function rebase(
  form: WizardForm,
  to: { readonly parent: string; readonly vlanId: string },
  facts: Facts,
): WizardForm {
  const before = prefill(facts, form.parent, form.vlanId);
  const after = prefill(facts, to.parent, to.vlanId);
  const pick = (field: "subnet" | "gateway" | "ipRange" | "name") =>
    form[field].trim() === before[field] ? after[field] : form[field];
  return {
    ...form,
    parent: to.parent,
    vlanId: to.vlanId,
    subnet: pick("subnet"),
    gateway: pick("gateway"),
    ipRange: pick("ipRange"),
    name: pick("name"),
  };
}

function gatewayIn(subnet: Prefix, text: string | undefined): Address | undefined {
  const address = text === undefined ? undefined : parseAddress(text);
  return address && containsAddress(subnet, address) ? address : undefined;
}

/**
 * The highest free block of 32 addresses (fewer in a small subnet, or where 32 are not free); empty
 * when there is none. High, because hosts and DHCP servers mostly begin low.
 */
function freeRange(subnet: Prefix, gateway: Address | undefined, facts: Facts): string {
  const plan = addressPlan(subnet, partsOfFacts(facts, subnet));
  const used = plan.parts.map((part) => part.range);
  if (gateway) used.push({ family: 4, first: gateway.value, last: gateway.value });
  for (const part of dynamicParts(subnet, facts)) used.push(part.range);
  const longest = 29;
  for (
    let length = Math.max(27, Math.min(longest, subnet.length + 3));
    length <= longest;
    length++
  ) {
    if (length <= subnet.length) continue;
    const size = 1n << BigInt(32 - length);
    // In a big subnet the top is free or nothing is: more steps would only cost time.
    for (let step = 1n; step <= 4096n; step++) {
      const first = lastOf(subnet) + 1n - step * size;
      if (first < firstOf(subnet)) break;
      const last = first + size - 1n;
      if (used.every((range) => range.last < first || range.first > last)) {
        return formatPrefix({ family: 4, address: first, length });
      }
    }
  }
  return "";
}

/** What other networks of the engine hand out of this subnet. */
function dynamicParts(subnet: Prefix, facts: Facts): PlanPart[] {
  return (facts.networks ?? []).flatMap((network) =>
    (network.ipam ?? []).flatMap((pool): PlanPart[] => {
      const range = parsePrefix(pool.ipRange ?? "");
      return range && prefixesOverlap(range, subnet)
        ? [{ use: "dynamic", range: rangeOf(range), label: network.name }]
        : [];
    }),
  );
}

/** `lan`, or `vlan10`, with a number when the engine has such a network. */
function freeName(vlanId: string, facts: Facts): string {
  const stem = /^[0-9]+$/.test(vlanId) ? `vlan${vlanId}` : "lan";
  const taken = new Set((facts.networks ?? []).map((network) => network.name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(name)) return name;
  }
}
