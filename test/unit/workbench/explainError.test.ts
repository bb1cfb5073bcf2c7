import assert from "node:assert/strict";
import { EngineError } from "../../../src/docker/engineClient";
import { describeError, explainError } from "../../../src/workbench/explainError";

/** Messages of real engines, and a word of the reason and of the next step that each must get. */
const known: readonly [message: string, reason: RegExp, nextStep: RegExp][] = [
  [
    "invalid subinterface vlan name lan9, example formatting is eth0.10",
    /no interface lan9 on the engine's host/,
    /parent that the tree shows/,
  ],
  [
    "required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received lan0.10.20",
    /lan0\.10\.20 is neither/,
    /existing interface/,
  ],
  [
    "unable to parse a valid vlan id from: abc (ex. eth0.10 for vlan 10)",
    /"abc" behind the dot/,
    /1 to 4094/,
  ],
  ["vlan id must be between 1-4094, received: 4095", /VLAN id 4095/, /1 to 4094/],
  [
    "-o parent interface does was not found on the host: nope0",
    /no interface nope0/,
    /case-sensitive/,
  ],
  [
    "failed to create lan0.50 vlan link: operation not supported",
    /cannot make the VLAN interface lan0\.50/,
    /modprobe 8021q/,
  ],
  [
    "failed to create the ipvlan port: operation not supported",
    /no ipvlan support/,
    /modprobe ipvlan/,
  ],
  ["operation not supported", /lacks what this needs/, /8021q/],
  [
    "invalid pool request: Pool overlaps with other one on this address space",
    /overlaps one that another/,
    /free subnet/,
  ],
  [
    "error while removing network: network lan id 0f1e2d has active endpoints",
    /connected to network lan/,
    /Disconnect/,
  ],
  [
    "network dm-0123456789ab is already using parent interface lan0",
    /id 0123456789ab already uses the parent lan0/,
    /until Docker 27/,
  ],
  [
    "cannot use mode passthru, macvlan network 0f is already using parent interface lan0",
    /passthru/,
    /another parent/,
  ],
  [
    "requested macvlan mode 'Bridge' is not valid, 'bridge' mode is the macvlan driver default",
    /no mode "Bridge"/,
    /lower case/,
  ],
  [
    "invalid subnet 192.168.50.110/24: it should be 192.168.50.0/24",
    /an address within a subnet/,
    /Write 192\.168\.50\.0\/24\./,
  ],
  [
    "failed to set up container networking: Address already in use",
    /taken in the engine/,
    /gateway/,
  ],
  [
    'error setting interface "veth1" MAC to "02:42:00:00:00:01": address already in use',
    /MAC address 02:42:00:00:00:01/,
    /another MAC/,
  ],
  [
    "no configured subnet or ip-range contain the IP address 10.9.9.9",
    /10\.9\.9\.9 is in none/,
    /of the subnet/,
  ],
  [
    "Invalid address 10.1.1.1: It does not belong to any of this network's subnets",
    /10\.1\.1\.1 is in none/,
    /of the subnet/,
  ],
  [
    'Conflict. The container name "/web" is already in use by container "ab". You have to remove it',
    /named web/,
    /another name/,
  ],
  ["failed to create the macvlan port: device or resource busy", /bridge or bond/, /parent/],
  ["No such image: nginx:latest", /no image nginx:latest/, /Pull/],
];

describe("explainError", () => {
  for (const [message, reason, nextStep] of known) {
    it(`explains: ${message}`, () => {
      const explanation = explainError(new EngineError("rejected", message));
      assert.match(explanation?.reason ?? "", reason);
      assert.match(explanation?.nextStep ?? "", nextStep);
    });
  }

  it("keeps the engine's own words behind the explanation", () => {
    const text = describeError("create network lan", new EngineError("rejected", known[0]![0]));
    assert.match(text, /^Could not create network lan: there is no interface lan9 on/);
    assert.match(text, /\(Docker says: invalid subinterface vlan name lan9, example/);
  });

  it("explains by kind what it has no text for", () => {
    const text = describeError("refresh", new EngineError("denied", "EACCES"));
    assert.match(text, /may not be used by this user/);
    assert.doesNotMatch(text, /chmod/);
  });

  it("shows a foreign error as it is", () => {
    assert.equal(describeError("copy", new Error("boom")), "Could not copy: boom");
    assert.equal(explainError(new Error("boom")), undefined);
  });
});
