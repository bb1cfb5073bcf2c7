import assert from "node:assert/strict";
import { formatMac, isUnicastMac, nextFreeMac, parseMac } from "../../../src/model/mac";

describe("mac", () => {
  it("reads what Go's net.ParseMAC reads", () => {
    const texts: [string, string][] = [
      ["02:42:0a:00:00:05", "02:42:0a:00:00:05"],
      ["02:42:0A:00:00:05", "02:42:0a:00:00:05"],
      ["02-42-0a-00-00-05", "02:42:0a:00:00:05"],
      ["0242.0a00.0005", "02:42:0a:00:00:05"],
      ["02:00:5e:10:00:00:00:01", "02:00:5e:10:00:00:00:01"],
      ["0200.5e10.0000.0001", "02:00:5e:10:00:00:00:01"],
      [
        "00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01",
        "00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01",
      ],
    ];
    for (const [text, right] of texts) {
      const mac = parseMac(text);
      assert.ok(mac, text);
      assert.equal(formatMac(mac), right);
    }
  });

  it("refuses what net.ParseMAC refuses", () => {
    const texts = ["", "02", "02:42:0a:00:00", "02:42:0a:00:00:05:06", "02:42:0a:00:00:5"];
    texts.push("02:42-0a:00:00:05", "0242.0a00.00", "02420a000005", "02:42:0a:00:00:0g");
    texts.push("02:42:0a:00:00:05 ", "0242.0a000005", "0242:0a00:0005", "02:42:0a:00:00:05:");
    for (const text of texts) assert.equal(parseMac(text), undefined, `"${text}"`);
  });

  it("tells unicast addresses from those that no machine can have", () => {
    const unicast = (text: string) => isUnicastMac(parseMac(text) ?? []);
    assert.equal(unicast("02:42:0a:00:00:05"), true);
    assert.equal(unicast("00:11:22:33:44:55"), true);
    assert.equal(unicast("01:00:5e:00:00:01"), false);
    assert.equal(unicast("ff:ff:ff:ff:ff:ff"), false);
    assert.equal(unicast("00:00:00:00:00:00"), false);
  });

  it("makes new ones that are local, unicast, not taken, and the same each time", () => {
    const taken = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const text = nextFreeMac(7, taken);
      assert.equal(nextFreeMac(7, taken), text);
      assert.equal(taken.has(text), false);
      const mac = parseMac(text);
      assert.ok(mac && isUnicastMac(mac), text);
      assert.equal((mac[0] ?? 0) & 2, 2, "locally administered");
      taken.add(text);
    }
    assert.notEqual(nextFreeMac(1, new Set()), nextFreeMac(2, new Set()));
  });
});
