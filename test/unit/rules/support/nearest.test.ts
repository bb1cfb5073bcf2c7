import assert from "node:assert/strict";
import { editDistance, nearest } from "../../../../src/rules/support/nearest";

describe("editDistance", () => {
  const cases: [string, string, number][] = [
    ["parent", "parent", 0],
    ["parnet", "parent", 1],
    ["pare", "parent", 2],
    ["bridge", "brigde", 1],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
  ];
  for (const [a, b, distance] of cases) {
    it(`is ${distance} between "${a}" and "${b}", either way round`, () => {
      assert.equal(editDistance(a, b), distance);
      assert.equal(editDistance(b, a), distance);
    });
  }
});

describe("nearest", () => {
  it("looks past case, blanks and dashes", () => {
    assert.equal(nearest(" IP-Range", ["subnet", "ip_range"]), "ip_range");
  });

  it("allows one mistyped character in a short word and two in a longer one", () => {
    assert.equal(nearest("lna", ["lan"]), "lan");
    assert.equal(nearest("lx", ["l2"]), undefined);
    assert.equal(nearest("abc", ["axy"]), undefined);
    assert.equal(nearest("gatway", ["gateway"]), "gateway");
    assert.equal(nearest("gtway", ["gateway"]), "gateway");
    assert.equal(nearest("gtwy", ["gateway"]), undefined);
  });

  it("does not choose between two that are equally close", () => {
    assert.equal(nearest("eth2", ["eth0", "eth1"]), undefined);
    assert.equal(nearest("l4", ["l2", "l3"]), undefined);
  });

  it("prefers the closer one, wherever it stands", () => {
    assert.equal(nearest("fronted", ["frontal", "frontend"]), "frontend");
    assert.equal(nearest("fronted", ["frontend", "frontal"]), "frontend");
  });
});
