import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Facts } from "../../../src/model/facts";
import { emptyForm } from "../../../src/wizard/form";
import { likelyParent, parentChoices } from "../../../src/wizard/parents";
import { prefill, rebase } from "../../../src/wizard/prefill";
import { home } from "./facts";

describe("parentChoices", () => {
  it("puts the routed wire first and leaves out loopback and Docker's own links", () => {
    assert.deepEqual(
      parentChoices(home).map(({ name }) => name),
      ["eth0", "br0", "eth0.10", "wlan0", "eth1", "eth2"],
    );
    assert.equal(likelyParent(home), "eth0");
  });

  it("flags Wi-Fi, ports of a bridge and dead links with a way out", () => {
    const flags = new Map(parentChoices(home).map(({ name, flag }) => [name, flag]));
    assert.match(flags.get("wlan0")?.reason ?? "", /Wi-Fi/);
    assert.match(flags.get("wlan0")?.alternative ?? "", /ipvlan/);
    assert.match(flags.get("eth1")?.alternative ?? "", /br0/);
    assert.match(flags.get("eth2")?.reason ?? "", /down/);
    assert.equal(flags.get("eth0"), undefined);
    assert.equal(flags.get("br0"), undefined);
  });

  it("takes a flagged parent rather than none", () => {
    const facts = { interfaces: home.interfaces?.filter(({ name }) => name === "wlan0") ?? [] };
    assert.equal(likelyParent(facts), "wlan0");
    assert.equal(likelyParent({}), undefined);
  });
});

describe("prefill", () => {
  it("takes subnet and gateway from the parent, and a range clear of everything known", () => {
    assert.deepEqual(prefill(home), {
      ...emptyForm,
      parent: "eth0",
      subnet: "192.168.1.0/24",
      gateway: "192.168.1.1",
      // .224/27 has the broadcast address and a container; .192/27 has the end of the DHCP range.
      ipRange: "192.168.1.64/27",
      name: "lan",
    });
  });

  it("takes the sub-interface's LAN with its VLAN id, and nothing where there is none", () => {
    const known = prefill(home, "eth0", "10");
    assert.deepEqual([known.subnet, known.gateway, known.name], ["192.168.10.0/24", "", "vlan10"]);
    assert.equal(known.ipRange, "192.168.10.192/27");
    const unknown = prefill(home, "eth0", "20");
    assert.deepEqual([unknown.subnet, unknown.gateway, unknown.ipRange], ["", "", ""]);
  });

  it("leaves out a gateway that is not in the subnet, and a range in a full subnet", () => {
    const one = (address: string, gateway?: string, facts: Facts = {}) =>
      prefill({
        ...facts,
        interfaces: [
          {
            name: "e",
            kind: "ethernet",
            up: true,
            addresses: [address],
            ...(gateway ? { gateway } : {}),
          },
        ],
      });
    assert.equal(one("10.0.0.2/24", "10.0.1.1").gateway, "");
    assert.equal(
      one("10.0.0.2/24", undefined, { lan: [{ subnet: "10.0.0.0/24", dhcp: ["10.0.0.0/24"] }] })
        .ipRange,
      "",
    );
    assert.equal(one("10.0.0.2/30", "10.0.0.1").ipRange, "");
    assert.equal(one("10.0.0.2/28", "10.0.0.1").ipRange, "");
    assert.equal(one("10.0.0.2/27", "10.0.0.1").ipRange, "10.0.0.16/29");
    assert.equal(one("10.0.0.2/8", "10.0.0.1").ipRange, "10.255.255.192/27");
  });

  it("avoids the range of another network of the same LAN", () => {
    const networks = [
      {
        id: "1",
        name: "lan",
        driver: "macvlan",
        ipam: [{ subnet: "192.168.1.0/24", ipRange: "192.168.1.64/27" }],
      },
    ];
    const form = prefill({ ...home, networks });
    assert.equal(form.ipRange, "192.168.1.32/27");
    assert.equal(form.name, "lan-2");
  });

  it("gives an empty form with a name when nothing is known", () => {
    assert.deepEqual(prefill({}), { ...emptyForm, name: "lan" });
  });
});

describe("rebase", () => {
  it("moves what was prefilled and keeps what was typed", () => {
    const form = { ...prefill(home), gateway: "192.168.1.254" };
    const moved = rebase(form, { parent: "br0", vlanId: "" }, home);
    assert.deepEqual(
      [moved.parent, moved.subnet, moved.gateway, moved.name],
      ["br0", "10.9.0.0/16", "192.168.1.254", "lan"],
    );
  });

  it("comes back to the same form", () => {
    const form = prefill(home);
    const there = rebase(form, { parent: "eth0", vlanId: "10" }, home);
    assert.equal(there.subnet, "192.168.10.0/24");
    assert.deepEqual(rebase(there, { parent: "eth0", vlanId: "" }, home), form);
  });
});
