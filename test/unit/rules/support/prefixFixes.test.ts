import assert from "node:assert/strict";
import { meantAddress, meantPrefix } from "../../../../src/rules/support/prefixFixes";

describe("what was meant", () => {
  it("by a text that is no prefix", () => {
    const texts: [string, string | undefined][] = [
      ["192.168.1.0 /24", "192.168.1.0/24 for certain"],
      [" fd00::/64", "fd00::/64 for certain"],
      ["192.168.1.0/255.255.255.0", "192.168.1.0/24 for certain"],
      ["10.0.0.0/255.0.0.0", "10.0.0.0/8 for certain"],
      ["192.168.1.7/255.255.255.255", "192.168.1.7/32 for certain"],
      ["192.168.1.0", "192.168.1.0/24"],
      ["192.168.1.5", "192.168.1.5/24"],
      ["172.28.0.0", "172.28.0.0/16"],
      ["10.0.0.0", "10.0.0.0/8"],
      ["192.168.1.0/255.0.255.0", undefined],
      ["192.168.1.0/0.0.0.255", undefined],
      ["192.168.1.0/33", undefined],
      ["192.168.1.0/", undefined],
      ["0.0.0.0", undefined],
      ["fd00::", undefined],
      ["lan", undefined],
      ["", undefined],
    ];
    for (const [text, right] of texts) {
      const meant = meantPrefix(text);
      assert.equal(meant && `${meant.text}${meant.certain ? " for certain" : ""}`, right, text);
    }
  });

  it("by a text that is no address", () => {
    const texts: [string, string | undefined][] = [
      ["192.168.1.1/24", "192.168.1.1"],
      [" 192.168.1.1 ", "192.168.1.1"],
      ["fd00::1/64", "fd00::1"],
      ["192.168.1", undefined],
      ["router", undefined],
      ["", undefined],
    ];
    for (const [text, right] of texts) assert.equal(meantAddress(text)?.text, right, text);
  });
});
