import type { Rule } from "./rule";
import { ownLanNetworks } from "./support/parents";

export const platformWithoutMacvlan: Rule = {
  id: "platform-without-macvlan",
  severity: "warning",
  summary: "The engine in use runs where macvlan and ipvlan cannot reach the LAN.",
  hasFix: false,
  checkNetworks(networks, { facts }, report) {
    const { desktop, rootless } = facts.engine ?? {};
    if (desktop !== true && rootless !== true) return;
    // It is about the engine, so once for a project is enough.
    const first = ownLanNetworks(networks).find(({ network }) => network.used);
    if (!first?.network.declaration) return;
    const { network, driver } = first;
    report({
      place: network.declaration?.driver?.place ?? first.network.declaration.keyPlace,
      message:
        desktop === true
          ? `The engine in use is Docker Desktop, which runs in a virtual machine: it makes the ${driver} network ` +
            `"${network.key}" inside, and nothing on the LAN can reach its containers. Run this on Docker Engine on Linux.`
          : `The engine in use is rootless and sees none of the host's interfaces: ${driver} networks such as ` +
            `"${network.key}" do not reach the LAN. Run this on an engine with root.`,
    });
  },
};
