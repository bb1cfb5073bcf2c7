import { formatPrefix } from "../model/cidr";
import type { Related, Rule } from "./rule";
import { nextFreeFix } from "./support/addressFixes";
import type { Reservation } from "./support/addressTables";
import { addressTaken, bitNotThere } from "./support/ipamMessages";
import { startRefusal } from "./support/refusal";

export const addressReserved: Rule = {
  id: "address-reserved",
  severity: "error",
  summary: "A service's static address is one that the engine keeps back.",
  hasFix: true,
  checkService({ service, addresses }, { engine, engineVersion }, report) {
    for (const { value, address, standing } of addresses) {
      if (standing.kind !== "reserved") continue;
      const { reservation, pool } = standing;
      report({
        place: value.place,
        severity: startRefusal(service),
        message:
          `${value.text} is ${describe(reservation, engineVersion)}: ` +
          `Docker refuses to start "${service.key}".`,
        related: related(reservation),
        ...(reservation.use === "missing" ? { engineMessage: bitNotThere } : addressTaken(engine)),
        fixes: (context) => nextFreeFix(context, value, pool, address),
      });
    }
  },
};

function describe({ use, pool, name }: Reservation, engineVersion: string): string {
  const network = `network "${pool.network.key}"`;
  const subnet = formatPrefix(pool.subnet);
  switch (use) {
    case "network":
      return pool.subnet.family === 4
        ? `the network address of ${subnet}`
        : `the first address of ${subnet}, which belongs to routers (subnet-router anycast)`;
    case "broadcast":
      return `the broadcast address of ${subnet}`;
    case "missing":
      return `the last address of ${subnet}, which no engine before 28 can give to a container`;
    case "gateway":
      return `the gateway of ${network}`;
    case "hidden-gateway":
      return (
        `taken by Docker ${engineVersion} as the gateway of ${network}, ` +
        "because no other is configured"
      );
    case "aux":
      return `kept back by ${network} as its auxiliary address "${name ?? ""}"`;
  }
}

const labels: Record<Reservation["use"], string> = {
  network: "The subnet.",
  broadcast: "The subnet.",
  missing: "The subnet.",
  gateway: "The gateway.",
  "hidden-gateway": "The subnet, without a gateway.",
  aux: "The auxiliary address, which no container can have.",
};

function related({ use, place }: Reservation): Related[] {
  return place ? [{ place, message: labels[use] }] : [];
}
