import type { Value } from "../compose/value";
import type { Report, Rule } from "./rule";
import { addressTaken } from "./support/ipamMessages";
import { startRefusal } from "./support/refusal";

export const staticAddressReplicas: Rule = {
  id: "static-address-replicas",
  severity: "error",
  summary: "A service that runs several times has a static address.",
  hasFix: false,
  checkService({ service, addresses, macClaims }, { engine }, report) {
    const { replicas = 1, replicasValue } = service;
    if (replicas < 2) return;
    const take = (value: Value, lost: string, words: Pick<Report, "engineMessage">) => {
      report({
        place: value.place,
        severity: startRefusal(service),
        message:
          `"${service.key}" runs ${replicas} times, and every container asks for ${value.text}: ${lost}. ` +
          "Run one container, or leave the address to Docker.",
        related: replicasValue
          ? [{ place: replicasValue.place, message: "The number of containers." }]
          : [],
        ...words,
      });
    };
    const address = addresses.find(
      ({ standing }) => standing.kind === "available" || standing.kind === "unknown",
    );
    const mac = macClaims.find(({ network }) => network.driver === "macvlan");
    if (address) {
      take(address.value, "Docker refuses to start the second", addressTaken(engine));
    } else if (mac) {
      take(mac.value, "the second cannot start on one parent", {
        engineMessage: "address already in use",
      });
    }
  },
};
