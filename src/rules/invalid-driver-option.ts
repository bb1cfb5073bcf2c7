import { setValue } from "../compose/value";
import { endpointSysctlsKey } from "../model/bridgeOptions";
import type { Fix, Rule } from "./rule";
import { bridgeOptionFault } from "./support/bridgeOptionFault";
import { refusalOf, startRefusal } from "./support/refusal";

export const invalidDriverOption: Rule = {
  id: "invalid-driver-option",
  severity: "error",
  summary: "The value of a driver option is none that the driver can read.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    const { declaration, driver } = network;
    if (declaration?.external !== false || driver !== "bridge") return;
    for (const { key, value } of declaration.driverOpts) {
      const fault = value.known ? bridgeOptionFault(key, value.text, network, engine) : undefined;
      if (!fault) continue;
      const { reason, engineMessage, meant, atStart } = fault;
      report({
        place: value.place,
        severity: refusalOf(network),
        message:
          `${key}: ${reason}. Docker refuses ` +
          (atStart ? `to start containers on "${network.key}".` : `the network "${network.key}".`),
        engineMessage,
        fixes: (): readonly Fix[] => {
          const edit = meant === undefined ? undefined : setValue(value, meant);
          const title = `Change to ${meant ?? ""}`;
          return edit ? [{ title, preferred: true, safe: false, edits: [edit] }] : [];
        },
      });
    }
  },
  checkService({ service }, { engine }, report) {
    if (!engine.endpointSysctls) return;
    for (const { driverOpts } of service.networks) {
      const value = driverOpts.find(({ key }) => key === endpointSysctlsKey)?.value;
      if (!value?.known) continue;
      for (const sysctl of value.text.split(",").filter((each) => !isInterfaceSysctl(each))) {
        report({
          place: value.place,
          severity: startRefusal(service),
          message:
            `"${sysctl}" is no setting of an interface: Docker refuses to start "${service.key}". They read ` +
            "net.ipv4.conf.IFNAME.forwarding=1, with ipv4, ipv6 or mpls, and IFNAME as it is.",
          engineMessage: `unrecognised network interface sysctl '${sysctl}'`,
        });
      }
    }
  },
};

/** moby daemon/container_operations.go, validateEndpointSettings. */
function isInterfaceSysctl(text: string): boolean {
  const parts = text.split(".");
  const [, family = "", , interfaceName = ""] = parts;
  return (
    parts.length >= 5 &&
    ["ipv4", "ipv6", "mpls"].includes(family) &&
    ["IFNAME", "ifname"].includes(interfaceName)
  );
}
