import type { Rule } from "./rule";
import { writtenText } from "./support/declaredEntries";
import { unreadableGateway } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const unknownIpamDriver: Rule = {
  id: "unknown-ipam-driver",
  severity: "error",
  summary: "A network has an IPAM driver that gives it no addresses, or that Docker does not have.",
  hasFix: false,
  checkNetwork({ network }, { engine }, report) {
    const { declaration, driver, key } = network;
    const value = declaration?.ipamDriver;
    const text = writtenText(value);
    if (
      !declaration ||
      !value ||
      text === undefined ||
      declaration.external !== false ||
      text === "default"
    )
      return;
    const { place } = value;
    if (text !== "null") {
      // A managed plugin (vendor/name:tag) is nothing that one writes by mistake.
      if (/[/:]/.test(text)) return;
      report({
        place,
        severity: "warning",
        message:
          `Docker has no IPAM driver "${text}" of its own: it refuses the network "${key}" unless a plugin of ` +
          "that name is installed. (The LAN's DHCP server cannot give addresses to containers without one.)",
        engineMessage: `plugin "${text}" not found`,
      });
      return;
    }
    const asked = declaration.ipam.find(({ subnet }) => writtenText(subnet) !== undefined);
    const served = driver === "bridge" || driver === "macvlan" || driver === "ipvlan";
    if (!served) return;
    report({
      place,
      severity: refusalOf(network),
      message:
        `Docker refuses the network "${key}": the IPAM driver null gives no addresses, and a ${driver} network ` +
        "needs some. Leave ipam.driver out.",
      engineMessage: asked
        ? "null ipam driver does not handle specific address pool requests"
        : "ipv4 pool is empty",
      otherMessages: [
        // Which family is asked for first depends on the engine.
        ...(network.ipv6 === true
          ? ["null ipam driver does not handle IPv6 address pool pool requests"]
          : []),
        // A gateway that cannot be read is met before the driver is asked.
        ...declaration.ipam.flatMap(({ gateway }) => {
          const written = gateway?.address ? undefined : writtenText(gateway);
          return (written === undefined ? written : unreadableGateway(engine, written)) ?? [];
        }),
      ],
    });
  },
};
