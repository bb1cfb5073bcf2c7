import type { ServiceDeclaration } from "../compose/project";
import type { Value } from "../compose/value";
import type { Rule } from "./rule";
import { macsOf } from "./support/macClaims";
import { staticAddresses } from "./support/staticAddresses";

export const staticAddressReplicas: Rule = {
  id: "static-address-replicas",
  severity: "error",
  summary: "A service that runs several times has a static address.",
  hasFix: false,
  check(context, report) {
    const reported = new Set<ServiceDeclaration>();
    const several = (service: ServiceDeclaration) =>
      (service.replicas ?? 1) > 1 && !reported.has(service);
    const related = ({ replicasValue }: ServiceDeclaration) =>
      replicasValue ? [{ place: replicasValue.place, message: "The number of containers." }] : [];
    const take = (service: ServiceDeclaration, value: Value, lost: string, words: string) => {
      reported.add(service);
      report({
        place: value.place,
        severity: service.enabled ? "error" : "warning",
        message:
          `"${service.key}" runs ${service.replicas ?? 1} times, and every container asks for ${value.text}: ${lost}. ` +
          "Run one container, or leave the address to Docker.",
        related: related(service),
        engineMessage: words,
      });
    };
    for (const { service, value, standing } of staticAddresses(context).all) {
      if (!several(service)) continue;
      if (standing.kind !== "available" && standing.kind !== "unknown") continue;
      take(service, value, "Docker refuses to start the second", "Address already in use");
    }
    for (const { service, value, network } of macsOf(context).claims) {
      if (!several(service) || network.driver !== "macvlan") continue;
      take(service, value, "the second cannot start on one parent", "address already in use");
    }
  },
};
