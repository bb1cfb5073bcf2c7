import assert from "node:assert/strict";
import {
  addressFields,
  nameObjection,
  offeredAddress,
} from "../../../src/commands/containerChecks";

const facts = { containers: [{ id: "c", name: "web", running: true, attachments: [] }] };

describe("checks of a container to be run", () => {
  for (const name of ["", "web2", "a.b_c-d", "1a"]) {
    it(`take the name "${name}"`, () => {
      assert.equal(nameObjection(facts, name), undefined);
    });
  }
  for (const name of ["a", "-web", "we b", "web/2", "$(id)", "ü1"]) {
    it(`refuse the name "${name}" as Docker does`, () => {
      assert.match(nameObjection(facts, name)?.message ?? "", /two or more letters/);
    });
  }

  it("refuse a name that is taken", () => {
    assert.equal(nameObjection(facts, "web")?.message, "There already is a container web.");
  });

  it("offer an address of the family of the one that it takes the place of, IPv4 where there is none", () => {
    const network = {
      id: "n",
      name: "lan",
      driver: "macvlan",
      ipam: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }, { subnet: "fd00::/64" }],
    };
    assert.equal(offeredAddress({ networks: [network] }, network), "10.0.0.2");
    assert.equal(offeredAddress({ networks: [network] }, network, "10.0.0.9"), "10.0.0.2");
    assert.match(offeredAddress({ networks: [network] }, network, "fd00::9"), /^fd00::/);
    const v6 = { ...network, ipam: network.ipam.slice(1) };
    assert.equal(offeredAddress({ networks: [v6] }, v6, "10.0.0.9"), "");
    assert.match(offeredAddress({ networks: [v6] }, v6), /^fd00::/);
  });

  it("put an address into the field of its family", () => {
    assert.deepEqual(addressFields("10.0.0.1"), { ipv4: "10.0.0.1" });
    assert.deepEqual(addressFields("fd00::1"), { ipv6: "fd00::1" });
    assert.deepEqual(addressFields(""), {});
  });
});
