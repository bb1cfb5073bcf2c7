import assert from "node:assert/strict";
import { readLan, readRules } from "../../../src/workbench/settingValues";

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
});
