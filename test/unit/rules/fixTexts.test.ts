import assert from "node:assert/strict";
import type { Facts } from "../../../src/model/facts";
import { fixedText } from "./fixEffect";
import { findingsOf, fixturePath, projectOf } from "./fixture";

/** The text after the fix of that title, which has to be the preferred one if `title` is left out. */
function fixed(text: string, rule: string, title?: string, facts: Facts = {}): string {
  const finding = findingsOf(projectOf(text), facts, "28.5").find((found) => found.rule === rule);
  assert.ok(finding, `${rule} is found`);
  const fixes = finding.fixes?.() ?? [];
  const fix = fixes.find(
    (candidate) => candidate.title === title || (!title && candidate.preferred),
  );
  assert.ok(fix, `"${title ?? "preferred"}" is one of: ${fixes.map((f) => f.title).join(", ")}`);
  return fixedText(text, fixturePath, fix.edits);
}

describe("texts that fixes leave", () => {
  it("the tutorial's subnet, and nothing else of the file", () => {
    const text = [
      "# my LAN\r",
      "services: {web: {networks: {lan: {ipv4_address: 192.168.0.50}}}}\r",
      "networks:\r",
      "  lan:   # macvlan\r",
      "    driver:  macvlan\r",
      "    driver_opts: { parent: eth0 }\r",
      "    ipam:\r",
      "      config:\r",
      "      -   subnet:   '192.168.0.110/24'   # the host\r",
      "          gateway: 192.168.0.1",
    ].join("\n");
    const expected = text.replace("192.168.0.110/24", "192.168.0.0/24");
    assert.equal(fixed(text, "subnet-host-bits"), expected);
  });

  it("the router that the host uses, for a gateway outside a LAN's subnet", () => {
    const text = `
services: { web: { networks: [lan] } }
networks:
  lan:
    driver: macvlan
    driver_opts: { parent: eth0 }
    ipam: { config: [{ subnet: 192.168.0.0/24, gateway: 192.168.1.254 }] }
`;
    const eth0 = {
      name: "eth0",
      kind: "ethernet",
      up: true,
      addresses: ["192.168.0.10/24"],
      gateway: "192.168.0.1",
    } as const;
    const expected = text.replace("192.168.1.254", "192.168.0.1");
    assert.equal(
      fixed(text, "gateway-outside-subnet", undefined, { interfaces: [eth0] }),
      expected,
    );
  });

  it("a bridge on the next free subnet, with all that is in it", () => {
    const text = `
services:
  web:
    networks:
      front:
        ipv4_address: 172.28.0.10
      back:
        ipv4_address: "172.28.0.77"
  job:
    profiles: [later]
    networks:
      back:
        ipv4_address: 172.28.0.78
networks:
  front: { ipam: { config: [{ subnet: 172.28.0.0/24 }, { subnet: 172.28.1.0/24 }] } }
  back:
    ipam:
      config:
        - subnet: 172.28.0.64/26
          gateway: \${GATEWAY:-172.28.0.65}
          ip_range: 172.28.0.96/27
          aux_addresses:
            printer: 172.28.0.70
            elsewhere: 10.0.0.1
`;
    const expected = text
      .replace(`"172.28.0.77"`, `"172.28.2.13"`)
      .replace("172.28.0.78", "172.28.2.14")
      .replace("172.28.0.64/26", "172.28.2.0/26")
      .replace("172.28.0.65", "172.28.2.1")
      .replace("172.28.0.96/27", "172.28.2.32/27")
      .replace("172.28.0.70", "172.28.2.6");
    assert.equal(fixed(text, "subnet-overlap"), expected);
  });

  it("IPv6 enabled, as a line of the network", () => {
    const text = `services: { web: { networks: [lan] } }
networks:
    lan:
        ipam:
            config:
                - subnet: fd00::/64 # ours
    other: {}
`;
    const expected = text.replace("# ours\n", "# ours\n        enable_ipv6: true\n");
    assert.equal(fixed(text, "ipv6-not-enabled"), expected);
    const off = text.replace("ipam:", "enable_ipv6: false\n        ipam:");
    assert.equal(fixed(off, "ipv6-not-enabled"), off.replace("false", "true"));
  });

  it("the gateway of the LAN, as a line of the entry", () => {
    const text = `services: { web: { networks: { lan: { ipv4_address: 192.168.1.9 } } } }
networks:
  lan:
    driver: macvlan
    driver_opts: { parent: eth0 }
    ipam:
      config:
        - subnet: 192.168.1.0/24
          ip_range: 192.168.1.192/27
`;
    const title = "Write gateway: 192.168.1.1";
    assert.equal(fixed(text, "hidden-gateway", title), `${text}          gateway: 192.168.1.1\n`);
    const eth0 = { kind: "ethernet", up: true, addresses: ["192.168.1.5/24"] } as const;
    const interfaces = [{ ...eth0, name: "eth0", gateway: "192.168.1.254" }];
    const known = fixed(text, "hidden-gateway", undefined, { interfaces });
    assert.equal(known, `${text}          gateway: 192.168.1.254\n`);
  });

  it("auxiliary addresses without the one that is kept free anyway", () => {
    const text = `services: { web: { networks: [lan] } }
networks:
  lan:
    ipam:
      config:
        - subnet: 10.0.0.0/24
          gateway: 10.0.0.1
          aux_addresses:
            router: 10.0.0.1 # upstairs
            printer: 10.0.0.9
`;
    const expected = text.replace("            router: 10.0.0.1 # upstairs\n", "");
    assert.equal(fixed(text, "aux-address-taken"), expected);
    const moved = fixed(text, "aux-address-taken", "Change to 10.0.0.3, the next free address");
    assert.equal(moved, text.replace("router: 10.0.0.1", "router: 10.0.0.3"));
  });
});
