/** What an extension that is connected to the lab's engine knows, as far as cases can tell. */
import type { Facts } from "../../../src/model/facts";

/** The facts for a case in its canonical names. */
export function labFacts(engineVersion: string): Facts {
  const lan = (name: string, address: string) =>
    ({ name, kind: "veth", up: true, addresses: [address] }) as const;
  return {
    engine: { version: engineVersion },
    interfaces: [
      { name: "lo", kind: "loopback", up: true, addresses: ["127.0.0.1/8"] },
      { ...lan("lan0", "192.168.50.10/24"), mac: "52:54:00:00:50:10", gateway: "192.168.50.1" },
      { ...lan("lan1", "192.168.60.10/24"), mac: "52:54:00:00:60:10" },
      { name: "docker0", kind: "bridge", up: false, addresses: ["172.17.0.1/16"] },
    ],
    networks: [
      {
        id: "b".repeat(64),
        name: "bridge",
        driver: "bridge",
        ipam: [{ subnet: "172.17.0.0/16", gateway: "172.17.0.1" }],
        scope: "local",
      },
      { id: "c".repeat(64), name: "host", driver: "host", scope: "local" },
      { id: "d".repeat(64), name: "none", driver: "null", scope: "local" },
    ],
    containers: [],
  };
}
