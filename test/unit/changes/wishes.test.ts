import assert from "node:assert/strict";
import { withWishes } from "../../../src/changes/wishes";
import { lan } from "./situations";

const v4 = { subnet: "192.168.1.0/24", gateway: "192.168.1.1", aux: { nas: "192.168.1.9" } };
const v6 = { subnet: "fd00:1::/64", gateway: "fd00:1::1" };
const dual = { ...lan, enableIpv6: true, pools: [v4, v6] };

describe("what a network becomes when it is made anew", () => {
  it("is as it was where nothing is wished for", () => {
    assert.deepEqual(withWishes(dual, {}), dual);
  });

  it("has another parent, or none", () => {
    assert.deepEqual(withWishes(lan, { parent: "eth1" }).options, { parent: "eth1" });
    assert.deepEqual(withWishes(lan, { parent: "" }).options, {});
  });

  it("has what is wished for the first pool, whichever way it is written", () => {
    const ipRange = "192.168.1.128/25";
    assert.deepEqual(withWishes(dual, { ipRange }).pools, [{ ...v4, ipRange }, v6]);
    assert.deepEqual(withWishes(dual, { pools: [{ ipRange }] }).pools, [{ ...v4, ipRange }, v6]);
  });

  it("has what is wished for any other pool, and does without one whose subnet is taken away", () => {
    const ipRange = "fd00:1::100/120";
    assert.deepEqual(withWishes(dual, { pools: [{}, { ipRange, gateway: "" }] }).pools, [
      v4,
      { subnet: v6.subnet, ipRange },
    ]);
    assert.deepEqual(withWishes(dual, { pools: [{}, { subnet: "" }] }).pools, [v4]);
    assert.deepEqual(withWishes({ ...lan, pools: [v4] }, { pools: [{}, v6] }).pools, [v4, v6]);
  });

  it("leaves the subnet to the engine where there was none", () => {
    const none = { ...lan, pools: [] };
    assert.deepEqual(withWishes(none, { subnet: "", gateway: "", ipRange: "" }).pools, []);
    assert.deepEqual(withWishes(none, { subnet: "10.0.0.0/24" }).pools, [
      { subnet: "10.0.0.0/24" },
    ]);
  });

  it("excludes the same places of another subnet of the same size", () => {
    const moved = withWishes(dual, { subnet: "192.168.7.0/24", gateway: "192.168.7.1" });
    assert.deepEqual(moved.pools[0]?.aux, { nas: "192.168.7.9" });
    const wider = withWishes(dual, { subnet: "192.168.0.0/16" });
    assert.deepEqual(wider.pools[0]?.aux, { nas: "192.168.1.9" });
  });
});
