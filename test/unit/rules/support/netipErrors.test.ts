import assert from "node:assert/strict";
import { addressError, prefixError } from "../../../../src/rules/support/netipErrors";

describe("the words of net/netip", () => {
  it("about prefixes", () => {
    const texts: [string, string | undefined][] = [
      ["192.168.1.0/24", undefined],
      ["192.168.1.0", `netip.ParsePrefix("192.168.1.0"): no '/'`],
      ["192.168.1.0/33", `netip.ParsePrefix("192.168.1.0/33"): prefix length out of range`],
      ["10.0.0.0/08", `netip.ParsePrefix("10.0.0.0/08"): bad bits after slash: "08"`],
      [
        "10.0.0.0/255.0.0.0",
        `netip.ParsePrefix("10.0.0.0/255.0.0.0"): bad bits after slash: "255.0.0.0"`,
      ],
      ["lan/24", `netip.ParsePrefix("lan/24"): ParseAddr("lan"): unable to parse IP`],
      ["fd00:::/64", undefined],
    ];
    for (const [text, words] of texts) assert.equal(prefixError(text), words, text);
  });

  it("about addresses", () => {
    const texts: [string, string | undefined][] = [
      ["192.168.1.1", undefined],
      ["router", "unable to parse IP"],
      ["", "unable to parse IP"],
      ["%eth0", "missing IPv6 address"],
      ["10.0.0.256", "IPv4 field has value >255"],
      ["10.0.0.01", "IPv4 field has octet with leading zero"],
      ["10.0.0", "IPv4 address too short"],
      ["10.0.0.0.1", "IPv4 address too long"],
      ["10..0.1", `IPv4 field must have at least one digit (at ".0.1")`],
      ["10.0.0.", `IPv4 field must have at least one digit (at ".")`],
      ["10.0.0.1/24", `unexpected character (at "/24")`],
      ["router.lan", `unexpected character (at "router.lan")`],
      ['10.0.0."', `unexpected character (at "\\"")`],
    ];
    for (const [text, words] of texts) {
      const quoted = text.replaceAll('"', '\\"');
      assert.equal(addressError(text), words && `ParseAddr("${quoted}"): ${words}`, text);
    }
  });
});
