import { setValue } from "../compose/value";
import { addLine } from "../compose/addLine";
import type { ComposeProject, NetworkDeclaration } from "../compose/project";
import { containsAddress } from "../model/cidr";
import type { AttachmentView } from "./context";
import type { Fix, Rule } from "./rule";
import { declaredEntries } from "./support/declaredEntries";

export const ipv6NotEnabled: Rule = {
  id: "ipv6-not-enabled",
  severity: "warning",
  summary: "A network has an IPv6 subnet, and IPv6 is not enabled for it.",
  hasFix: true,
  checkNetwork({ network, attachments }, { engine }, report) {
    for (const { declaration, entry, pool } of declaredEntries(network)) {
      if (!entry.subnet || pool?.active !== false || pool.subnet.family !== 6) continue;
      const holders = attachments.filter(({ tie }) => {
        const address = tie.ipv6?.known ? tie.ipv6.address : undefined;
        return address && containsAddress(pool.subnet, address);
      });
      const refused = engine.refusesDisabledFamily ? holders[0] : undefined;
      report({
        place: entry.subnet.place,
        severity: refused ? "error" : "warning",
        message:
          `Docker ignores the subnet ${entry.subnet.text}: IPv6 is not enabled for "${network.key}". ` +
          (refused
            ? `Then it refuses the container of "${refused.service.key}", whose IPv6 address is in no subnet. `
            : holders[0]
              ? `"${holders[0].service.key}" starts without its IPv6 address. `
              : "") +
          "Write enable_ipv6: true.",
        related: holders.flatMap(relatedAddress),
        ...(refused?.tie.ipv6 && {
          engineMessage: `no configured subnet contains IP address ${refused.tie.ipv6.text}`,
        }),
        fixes: ({ project }) => enable(project, declaration),
      });
    }
  },
};

function relatedAddress({ service, tie }: AttachmentView) {
  return tie.ipv6
    ? [{ place: tie.ipv6.place, message: `The IPv6 address of "${service.key}"` }]
    : [];
}

function enable(project: ComposeProject, { enableIpv6Value, body }: NetworkDeclaration): Fix[] {
  const title = "Enable IPv6";
  const written = enableIpv6Value && setValue(enableIpv6Value, "true");
  if (written) return [{ title, preferred: true, safe: false, edits: [written] }];
  if (enableIpv6Value || !body) return [];
  const edits = [addLine(project, body, "enable_ipv6: true")];
  return [{ title, preferred: true, safe: false, edits }];
}
