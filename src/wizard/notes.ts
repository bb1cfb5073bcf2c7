/** What is worth knowing about a plan though nothing is wrong with it. PURE. */
import { parsePrefix, prefixesOverlap } from "../model/cidr";
import type { Facts } from "../model/facts";
import { type FieldId, type WizardForm, parentOf } from "./form";
import { parentFlag } from "./parents";

export interface Note {
  /** The field beside which it stands; absent: about the whole plan. */
  readonly field?: FieldId;
  readonly text: string;
}

/** Why the engine cannot have macvlan networks that reach a LAN, and the way out. */
export function blockedBy(facts: Facts): string | undefined {
  if (facts.engine?.desktop) {
    return "This engine is Docker Desktop: it runs in a virtual machine that is not on your LAN, so containers of a macvlan network are reachable from nowhere. Plan the network here, and create it on a Linux host: copy the command, or insert it into the compose file of that host.";
  }
  if (facts.engine?.rootless) {
    return "This engine runs rootless: it sees none of the host's interfaces, so a macvlan network has no parent to use. Use the system's own Docker (docker context use default), or copy the command for a host that has one.";
  }
  return undefined;
}

export function notesOn(form: WizardForm, facts: Facts): Note[] {
  const notes: Note[] = [];
  const link = parentOf(form);
  const host = facts.interfaces?.find(({ name }) => name === link);
  const flag = host && parentFlag(host);
  if (flag) notes.push({ field: "parent", text: `${flag.reason} ${flag.alternative}` });
  const vlanId = form.vlanId.trim();
  if (/^[1-9][0-9]{0,3}$/.test(vlanId) && form.parent.trim() !== "") {
    const text =
      host || !facts.interfaces
        ? `Containers join VLAN ${vlanId} over ${link}. The switch port must carry this VLAN tagged.`
        : `Docker will create ${link}, a tagged sub-interface of ${form.parent.trim()}, and remove it with the network. The switch port must carry VLAN ${vlanId} tagged.`;
    notes.push({ field: "vlanId", text });
  }
  const subnet = parsePrefix(form.subnet.trim());
  const lan = facts.lan?.find((plan) => {
    const prefix = parsePrefix(plan.subnet);
    return subnet && prefix && prefixesOverlap(prefix, subnet);
  });
  if (subnet && !lan?.dhcp?.length) {
    notes.push({
      field: "ipRange",
      text: "Nothing is known of your router's DHCP range. Tell it in the setting macvlan.lan, and addresses in it are avoided and shown.",
    });
  }
  if (form.internal) {
    notes.push({
      field: "internal",
      text: "Internal only leaves out the default route: containers still share the LAN with every device of their subnet.",
    });
  }
  if (form.driver === "macvlan" && !form.internal) {
    notes.push({
      text: "The host itself cannot reach containers on this network, nor they the host: the kernel does not pass frames between a parent and its macvlan interfaces.",
    });
  }
  if (!form.internal) {
    notes.push({
      text: "Every port that a container listens on is open to the LAN: neither the host's firewall nor published ports are in between.",
    });
  }
  if (form.driver === "ipvlan") {
    notes.push({
      text: "All containers of an ipvlan network share the host's MAC address: the router cannot tell them apart by it, so no DHCP reservations. The host itself cannot reach them.",
    });
  }
  return notes;
}
