import assert from "node:assert/strict";
import { runRules } from "../../../src/rules/run";
import { rules } from "../../../src/rules/index";
import { projectOf } from "./fixture";

/** What a rule quotes of the engine for a bridge with this entry in ipam.config. */
function words(rule: string, engineVersion: string, entry: string): string | undefined {
  const text =
    "services: { web: { networks: [lan] } }\n" +
    `networks: { lan: { ipam: { config: [{ ${entry} }] } } }\n`;
  const findings = runRules(rules, projectOf(text), {}, { engineVersion });
  const found = findings.filter((finding) => finding.rule === rule);
  assert.equal(found.length, 1, `${rule} on ${engineVersion}: ${entry}`);
  return found[0]?.engineMessage;
}

/** Rule, entry, and the words of 24, 25 to 28, and 29. */
const cases: [string, string, string | undefined, string | undefined, string | undefined][] = [
  [
    "subnet-host-bits",
    "subnet: 192.168.0.110/24",
    undefined,
    "invalid subnet 192.168.0.110/24: it should be 192.168.0.0/24",
    "invalid subnet 192.168.0.110/24: it should be 192.168.0.0/24",
  ],
  [
    "invalid-subnet",
    "subnet: 192.168.0.0",
    "Invalid subnet 192.168.0.0 : invalid CIDR address: 192.168.0.0",
    "invalid subnet 192.168.0.0: invalid CIDR block notation",
    `invalid JSON: netip.ParsePrefix("192.168.0.0"): no '/'`,
  ],
  [
    "ipam-entry-without-subnet",
    "gateway: 192.168.0.1",
    "Invalid subnet  : invalid CIDR address: ",
    "invalid subnet : invalid CIDR block notation",
    "invalid gateway 192.168.0.1: parent subnet invalid Prefix doesn't contain this address",
  ],
  [
    "ipam-entry-without-subnet",
    "gateway: 192.168.0.1, ip_range: 192.168.0.128/25",
    "Invalid subnet  : invalid CIDR address: ",
    "invalid subnet : invalid CIDR block notation",
    "invalid ip-range 192.168.0.128/25: parent subnet invalid Prefix doesn't contain ip-range",
  ],
  [
    "invalid-gateway",
    "subnet: 192.168.0.0/24, gateway: 192.168.0.1/24",
    "invalid gateway address 192.168.0.1/24 in Ipam configuration",
    "invalid gateway 192.168.0.1/24: invalid address",
    `invalid JSON: ParseAddr("192.168.0.1/24"): unexpected character (at "/24")`,
  ],
  [
    "gateway-outside-subnet",
    "subnet: 192.168.0.0/24, gateway: 192.168.1.1",
    "failed to allocate gateway (192.168.1.1): Requested address is out of range",
    "invalid gateway 192.168.1.1: parent subnet 192.168.0.0/24 doesn't contain this address",
    "invalid gateway 192.168.1.1: parent subnet 192.168.0.0/24 doesn't contain this address",
  ],
  [
    "gateway-outside-subnet",
    "subnet: 192.168.0.0/24, gateway: 'fd00::1'",
    "failed to allocate gateway (fd00::1): Requested address is out of range",
    "invalid gateway fd00::1: parent subnet is an IPv4 block",
    "invalid gateway fd00::1: parent subnet is an IPv4 block",
  ],
  [
    "gateway-reserved",
    "subnet: 192.168.0.0/24, gateway: 192.168.0.255",
    "failed to allocate gateway (192.168.0.255): Address already in use",
    "failed to allocate gateway (192.168.0.255): Address already in use",
    "failed to allocate gateway (192.168.0.255): Address already in use",
  ],
  [
    "invalid-ip-range",
    "subnet: 192.168.0.0/24, ip_range: 192.168.0.10-192.168.0.20",
    'failed to parse pool request for address space "LocalDefault" pool "192.168.0.0/24" subpool "192.168.0.10-192.168.0.20": Invalid Address SubPool',
    "invalid ip-range 192.168.0.10-192.168.0.20: invalid CIDR block notation",
    `invalid JSON: netip.ParsePrefix("192.168.0.10-192.168.0.20"): no '/'`,
  ],
  [
    "ip-range-host-bits",
    "subnet: 192.168.0.0/24, ip_range: 192.168.0.130/25",
    undefined,
    "invalid ip-range 192.168.0.130/25: it should be 192.168.0.128/25",
    "invalid ip-range 192.168.0.130/25: it should be 192.168.0.128/25",
  ],
  [
    "ip-range-outside-subnet",
    "subnet: 192.168.0.0/24, ip_range: 192.168.1.128/25",
    undefined,
    "invalid ip-range 192.168.1.128/25: parent subnet 192.168.0.0/24 doesn't contain ip-range",
    "invalid ip-range 192.168.1.128/25: parent subnet 192.168.0.0/24 doesn't contain ip-range",
  ],
  [
    "ip-range-too-big",
    "subnet: 192.168.0.0/24, ip_range: 192.168.0.0/16",
    undefined,
    "invalid ip-range 192.168.0.0/16: CIDR block is bigger than its parent subnet 192.168.0.0/24",
    "invalid ip-range 192.168.0.0/16: CIDR block is bigger than its parent subnet 192.168.0.0/24",
  ],
  [
    "invalid-aux-address",
    "subnet: 192.168.0.0/24, aux_addresses: { router: here }",
    "non parsable secondary ip address (router:here) passed for network fixture_lan",
    "invalid auxiliary address router: invalid address",
    `invalid JSON: ParseAddr("here"): unable to parse IP`,
  ],
  [
    "aux-outside-subnet",
    "subnet: 192.168.0.0/24, aux_addresses: { router: 192.168.1.4 }",
    "auxiliary address: (router:192.168.1.4) must belong to the master pool: 192.168.0.0/24",
    "invalid auxiliary address router: parent subnet 192.168.0.0/24 doesn't contain this address",
    "invalid auxiliary address router: parent subnet 192.168.0.0/24 doesn't contain this address",
  ],
  [
    "aux-address-taken",
    "subnet: 192.168.0.0/24, aux_addresses: { router: 192.168.0.1 }",
    "failed to allocate secondary ip address (router:192.168.0.1): Address already in use",
    "failed to allocate secondary ip address (router:192.168.0.1): Address already in use",
    "failed to allocate secondary ip address (router:192.168.0.1): Address already in use",
  ],
];

describe("the engine's words about an entry of ipam.config", () => {
  for (const [rule, entry, ...expected] of cases) {
    it(`${rule}: ${entry}`, () => {
      const found = ["24.0", "28.5", "29.7"].map((version) => words(rule, version, entry));
      assert.deepEqual(found, expected);
      assert.equal(words(rule, "20.10", entry), expected[0]);
      assert.equal(words(rule, "25.0", entry), expected[1]);
    });
  }

  it("about pools that overlap, with more words since 27", () => {
    const text =
      "services: { web: { image: x, networks: [a] }, db: { image: x, networks: [b] } }\n" +
      "networks:\n" +
      "  a: { ipam: { config: [{ subnet: 10.0.0.0/24 }] } }\n" +
      "  b: { ipam: { config: [{ subnet: 10.0.0.0/25 }] } }\n";
    const said = ["26.1", "27.5"].map(
      (engineVersion) => runRules(rules, projectOf(text), {}, { engineVersion })[0]?.engineMessage,
    );
    const pool = "Pool overlaps with other one on this address space";
    assert.deepEqual(said, [pool, `invalid pool request: ${pool}`]);
  });
});
