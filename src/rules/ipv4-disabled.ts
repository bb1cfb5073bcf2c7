import { setValue } from "../compose/value";
import { containsAddress } from "../model/cidr";
import type { Conditions, NetworkUse, NetworkView } from "./context";
import type { Fix, Report, ReportFunction, Rule } from "./rule";
import { declaredEntries } from "./support/declaredEntries";
import { refusalOf } from "./support/refusal";

export const ipv4Disabled: Rule = {
  id: "ipv4-disabled",
  severity: "warning",
  summary: "A network has IPv4 switched off, and something in the file needs it.",
  hasFix: true,
  checkNetwork(use, conditions, report) {
    const { network } = use;
    if (network.declaration?.external !== false) return;
    if (network.ipv4 !== false) return;
    reportNoFamily(network, report);
    reportIgnoredSubnets(use, conditions, report);
  },
};

/** Of the drivers only the bridge minds having nothing to hand out. */
function reportNoFamily(network: NetworkView, report: ReportFunction): void {
  const { key, declaration, driver, onLan, ipv6, used } = network;
  if (ipv6 !== false || !declaration?.enableIpv4Value) return;
  const { place } = declaration.enableIpv4Value;
  const fixes = fixesOf(network);
  if (driver === "bridge") {
    report({
      place,
      severity: refusalOf(network),
      message:
        `Docker refuses the network "${key}": it has IPv4 switched off and IPv6 not switched on. ` +
        "Write enable_ipv6: true, or leave enable_ipv4 out.",
      engineMessage: "IPv4 or IPv6 must be enabled",
      fixes,
    });
  } else if (onLan && used) {
    report({
      place,
      message:
        `Containers on "${key}" have no address at all: IPv4 is switched off and IPv6 not switched on. ` +
        "Write enable_ipv6: true, or leave enable_ipv4 out.",
      fixes,
    });
  }
}

function reportIgnoredSubnets(
  { network, attachments }: NetworkUse,
  { engine }: Conditions,
  report: ReportFunction,
): void {
  for (const { entry, pool } of declaredEntries(network)) {
    if (!entry.subnet || pool?.active !== false || pool.subnet.family !== 4) continue;
    const holders = attachments.filter(({ tie }) => {
      const address = tie.ipv4?.known ? tie.ipv4.address : undefined;
      return address && containsAddress(pool.subnet, address);
    });
    const refused = engine.refusesDisabledFamily ? holders[0] : undefined;
    const then = refused
      ? `Then it refuses the container of "${refused.service.key}", whose IPv4 address is in no subnet. `
      : holders[0]
        ? `"${holders[0].service.key}" starts without its IPv4 address. `
        : "";
    const base: Report = {
      place: entry.subnet.place,
      message:
        `Docker ignores the subnet ${entry.subnet.text}: IPv4 is switched off for "${network.key}". ` +
        `${then}Leave enable_ipv4 out.`,
      related: holders.flatMap(({ service, tie }) =>
        tie.ipv4
          ? [{ place: tie.ipv4.place, message: `The IPv4 address of "${service.key}"` }]
          : [],
      ),
      fixes: fixesOf(network),
    };
    if (!refused?.tie.ipv4) report(base);
    else {
      const engineMessage = `no configured subnet contains IP address ${refused.tie.ipv4.text}`;
      report({ ...base, severity: "error", engineMessage });
    }
  }
}

function fixesOf({ declaration }: NetworkView): () => readonly Fix[] {
  return () => {
    const edit = declaration?.enableIpv4Value && setValue(declaration.enableIpv4Value, "true");
    return edit ? [{ title: "Enable IPv4", preferred: true, safe: false, edits: [edit] }] : [];
  };
}
