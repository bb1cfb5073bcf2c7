import type { Rule } from "./rule";

export const externalIpamIgnored: Rule = {
  id: "external-ipam-ignored",
  severity: "hint",
  summary:
    "Addresses or a driver are written for an external network, where Compose does not read them.",
  hasFix: false,
  checkNetwork({ network }, _, report) {
    const { declaration, external, key } = network;
    if (!declaration || !external) return;
    const message = (what: string) =>
      `"${key}" is external: Compose takes the network as it is in the engine and does not read its ${what} here.`;
    if (declaration.ipamPlace) {
      report({ place: declaration.ipamPlace, message: message("ipam"), unnecessary: true });
    }
    if (declaration.driver && declaration.driver.type !== "null") {
      report({ place: declaration.driver.place, message: message("driver"), unnecessary: true });
    }
  },
};
