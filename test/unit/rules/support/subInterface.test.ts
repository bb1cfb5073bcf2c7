import assert from "node:assert/strict";
import { readSubInterface } from "../../../../src/rules/support/subInterface";

/** The engine's words for a name, or the VLAN it would make. */
function outcome(parent: string): string | undefined {
  const sub = readSubInterface(parent);
  if (!sub) return undefined;
  return sub.kind === "usable" ? `${sub.base} vlan ${sub.vlan}` : sub.engineMessage;
}

describe("readSubInterface", () => {
  it("is not about names without a dot", () => {
    assert.equal(readSubInterface("eth0"), undefined);
  });

  it("reads VLAN ids as Go's Atoi does", () => {
    assert.equal(outcome("eth0.1"), "eth0 vlan 1");
    assert.equal(outcome("eth0.4094"), "eth0 vlan 4094");
    assert.equal(outcome("eth0.+010"), "eth0 vlan 10");
  });

  it("has the engine's words for what is refused", () => {
    assert.equal(
      outcome("eth0.1.2"),
      "required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received eth0.1.2",
    );
    const unreadable = (text: string) =>
      `unable to parse a valid vlan id from: ${text} (ex. eth0.10 for vlan 10)`;
    assert.equal(outcome("eth0."), unreadable(""));
    assert.equal(outcome("eth0.0x1"), unreadable("0x1"));
    assert.equal(outcome("eth0.0"), "vlan id must be between 1-4094, received: 0");
    assert.equal(outcome("eth0.-1"), "vlan id must be between 1-4094, received: -1");
    assert.equal(outcome("eth0.4095"), "vlan id must be between 1-4094, received: 4095");
  });

  it("counts the characters that Linux allows", () => {
    assert.equal(outcome("enp129s0f1.4000"), "enp129s0f1 vlan 4000");
    assert.equal(
      outcome("enp129s0f1d.4000"),
      "failed to create enp129s0f1d.4000 vlan link: numerical result out of range",
    );
  });

  it("knows that loopback takes no VLAN", () => {
    assert.equal(outcome("lo.10"), "failed to create lo.10 vlan link: operation not supported");
    assert.equal(outcome("lo.0"), "vlan id must be between 1-4094, received: 0");
  });

  it("names the interface below only where the engine looks for it before it refuses", () => {
    const base = (parent: string) => readSubInterface(parent)?.base;
    assert.equal(base("eth0.4095"), "eth0");
    assert.equal(base("eth0.abc"), undefined);
    assert.equal(base("eth0.1.2"), undefined);
  });
});
