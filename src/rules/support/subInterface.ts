/** Sub-interfaces (`eth0.10`) that the drivers make themselves when the parent does not exist. */

export type SubInterface =
  | { readonly kind: "usable"; readonly base: string; readonly vlan: number }
  | {
      readonly kind: "unusable";
      /** Set when the name splits well and only the VLAN id or the length is wrong: the engine looks for it first. */
      readonly base: string | undefined;
      /** Why, to go on a sentence. */
      readonly reason: string;
      readonly engineMessage: string;
    };

/** Linux IFNAMSIZ without the closing zero. */
const longestName = 15;

/**
 * What the engine would make of a parent with a dot in its name that does not exist (moby parseVlan
 * and createVlanLink, the same in all versions). Undefined for a name without a dot.
 */
export function readSubInterface(parent: string): SubInterface | undefined {
  if (!parent.includes(".")) return undefined;
  const [base = "", digits = "", ...more] = parent.split(".");
  const unusable = (reason: string, engineMessage: string, known?: string): SubInterface => {
    return { kind: "unusable", base: known, reason, engineMessage };
  };
  if (more.length > 0) {
    return unusable(
      "it has more than one dot, and Docker makes only interface.vlan",
      `required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received ${parent}`,
    );
  }
  // Go's strconv.Atoi: a sign and leading zeros are fine.
  if (!/^[+-]?[0-9]+$/.test(digits)) {
    return unusable(
      `"${digits}" is no VLAN id`,
      `unable to parse a valid vlan id from: ${digits} (ex. eth0.10 for vlan 10)`,
    );
  }
  const vlan = Number(digits);
  if (vlan < 1 || vlan > 4094) {
    const message = `vlan id must be between 1-4094, received: ${vlan}`;
    return unusable(`VLAN ids go from 1 to 4094, not to ${vlan}`, message, base);
  }
  // From here on it is the kernel that refuses.
  const failed = failedText(parent);
  if (parent.length > longestName) {
    const reason = `interface names have at most ${longestName} characters, this one has ${parent.length}`;
    return unusable(reason, `${failed}: numerical result out of range`, base);
  }
  if (base === "lo") {
    return unusable("loopback takes no VLAN", `${failed}: operation not supported`, base);
  }
  return { kind: "usable", base, vlan };
}

/** What the engine says where the VLAN has an interface of another name. */
export function fileExistsText(parent: string): string {
  return `${failedText(parent)}: file exists`;
}

function failedText(parent: string): string {
  return `failed to create ${parent} vlan link`;
}
