import type { Value } from "../compose/value";
import type { Rule } from "./rule";

export const staticAddressReplicas: Rule = {
  id: "static-address-replicas",
  severity: "error",
  summary: "A service that runs several times has a static address.",
  hasFix: false,
  checkService({ service, addresses, macClaims }, _, report) {
    const { replicas = 1, replicasValue } = service;
    if (replicas < 2) return;
    const take = (value: Value, lost: string, words: string) => {
      report({
        place: value.place,
        severity: service.enabled ? "error" : "warning",
        message:
          `"${service.key}" runs ${replicas} times, and every container asks for ${value.text}: ${lost}. ` +
          "Run one container, or leave the address to Docker.",
        related: replicasValue
          ? [{ place: replicasValue.place, message: "The number of containers." }]
          : [],
        engineMessage: words,
      });
    };
    const address = addresses.find(
      ({ standing }) => standing.kind === "available" || standing.kind === "unknown",
    );
    const mac = macClaims.find(({ network }) => network.driver === "macvlan");
    if (address) {
      take(address.value, "Docker refuses to start the second", "Address already in use");
    } else if (mac) {
      take(mac.value, "the second cannot start on one parent", "address already in use");
    }
  },
};
