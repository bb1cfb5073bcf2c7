import assert from "node:assert/strict";
import { readHosts, readLan, readRules, readScope } from "../../../src/workbench/settingValues";

describe("structured settings", () => {
  it("keep rules with a known level", () => {
    const value = { a: "off", b: "error", c: "fatal", d: 3, e: null };
    assert.deepEqual(readRules(value), { a: "off", b: "error" });
    for (const wrong of [undefined, null, "off", ["off"], 3])
      assert.deepEqual(readRules(wrong), {});
  });

  it("keep what can be read of a LAN plan", () => {
    const value = [
      {
        subnet: "192.168.1.0/24",
        dhcp: ["192.168.1.100-192.168.1.199", 7],
        reserved: [{ address: "192.168.1.5", name: "nas" }, { address: "192.168.1.6" }, "x", {}],
      },
      { dhcp: [] },
      "192.168.2.0/24",
    ];
    assert.deepEqual(readLan(value), [
      {
        subnet: "192.168.1.0/24",
        dhcp: ["192.168.1.100-192.168.1.199"],
        reserved: [{ address: "192.168.1.5", name: "nas" }, { address: "192.168.1.6" }],
      },
    ]);
    for (const wrong of [undefined, null, {}, "x"]) assert.deepEqual(readLan(wrong), []);
  });

  it("keep hosts that have a pattern", () => {
    const value = { nas: ["nas/**", 3], pi: "pi/**", none: [], wrong: 7 };
    assert.deepEqual(readHosts(value), { nas: ["nas/**"], pi: ["pi/**"] });
    for (const wrong of [undefined, null, [], "x"]) assert.deepEqual(readHosts(wrong), {});
  });

  it("compare open files where the scope is none that is known", () => {
    const values = ["off", "openFiles", "all", "some", undefined];
    assert.deepEqual(values.map(readScope), ["off", "openFiles", "all", "openFiles", "openFiles"]);
  });
});
