import assert from "node:assert/strict";
import type { Change, Plan } from "../../../src/changes/change";
import { type Situation, readSituation } from "../../../src/changes/situation";
import { profileOf } from "../../../src/model/engineProfile";
import type { NetworkSettings } from "../../../src/model/networkSettings";
import type { SimulatedEngine } from "./simulatedEngine";

/** A macvlan network as a home has it. */
export const lan: NetworkSettings = {
  name: "lan",
  driver: "macvlan",
  internal: false,
  attachable: false,
  enableIpv6: false,
  options: { parent: "eth0" },
  labels: {},
  ipamDriver: "default",
  ipamOptions: {},
  pools: [{ subnet: "192.168.1.0/24", gateway: "192.168.1.1" }],
  kind: "local",
};

/** What is read of the network `lan` of an engine of that version. */
export async function situationOf(engine: SimulatedEngine, version = "28.5.2"): Promise<Situation> {
  const network = engine.networks.find(({ settings }) => settings.name === "lan");
  const profile = profileOf(version);
  assert.ok(network && profile);
  const situation = await readSituation(engine, network.id, profile);
  assert.ok(situation);
  return situation;
}

export function possible(plan: Plan): Change {
  assert.equal(plan.kind, "possible", JSON.stringify(plan));
  return plan.change;
}

export function impossible(plan: Plan): string {
  assert.equal(plan.kind, "impossible", JSON.stringify(plan));
  return plan.reason;
}

export function nothing(plan: Plan): string {
  assert.equal(plan.kind, "nothing", JSON.stringify(plan));
  return plan.reason;
}
