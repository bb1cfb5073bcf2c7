import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isPlaceholder } from "../../../src/compose/placeholder";
import { useVm } from "../../lab/vm/suite.mjs";
import { describe as described } from "../differential/campaign";
import { type NetworkModel, type PoolModel, textOf } from "../differential/caseModel";
import { judge } from "../differential/judge";
import type { Outcome } from "../differential/worker";

const folder = join(import.meta.dirname, "../../fixtures/rules");
/** Fixtures of what the engine says when it makes a network, and the kernel of the other labs mostly cannot tell. */
const files = [
  "invalid-mode",
  "no-parent",
  "parent-shared",
  "parent-vlan-syntax",
  "parent-vlan-syntax.facts",
  "unknown-parent",
  "unsuitable-parent",
];

/** The macvlan and ipvlan networks of a fixture that say all of themselves, on an interface of the machine: no templates. */
function networksOf(file: string): readonly (readonly [string, NetworkModel])[] {
  const text = readFileSync(join(folder, `${file}.yaml`), "utf8").replace(/\beth\d+\b/g, "lan0");
  const { networks = {} } = parse(text) as { networks?: Record<string, NetworkModel | null> };
  return Object.entries(networks).flatMap(([key, model]) =>
    model && /^(?:mac|ip)vlan$/.test(model.driver ?? "") && !isTemplate(model)
      ? [[key, model] as const]
      : [],
  );
}

function isTemplate(model: NetworkModel): boolean {
  const parent = model.driver_opts?.["parent"];
  return JSON.stringify(model).includes("${") || isPlaceholder(String(parent));
}

describe("the networks of rules' fixtures, each alone on a whole kernel", function () {
  const vm = useVm();

  /** What Compose asks of the engine for this network. */
  async function make({ driver, driver_opts, internal, ipam }: NetworkModel): Promise<Outcome> {
    const config = ipam?.config?.map(({ subnet, ip_range, gateway }: PoolModel) => ({
      Subnet: subnet,
      IPRange: ip_range,
      Gateway: gateway,
    }));
    const options = Object.entries(driver_opts ?? {}).map(([key, value]) => [key, String(value)]);
    const answer = await vm().api("POST", "/networks/create", {
      Name: "case0_n0",
      Driver: driver,
      Options: Object.fromEntries(options) as unknown,
      Internal: internal ?? false,
      IPAM: config && { Config: config },
    });
    const accepted = answer.status === 201;
    if (accepted) await vm().api("DELETE", "/networks/case0_n0");
    const { message = "" } = answer.body as { message?: string };
    return { accepted, message };
  }

  for (const file of files) {
    it(`${file}: the engine makes those that the checker lets pass, and no others`, async () => {
      const version = await vm().version();
      const networks = networksOf(file);
      assert.ok(networks.length > 0);
      const wrong: string[] = [];
      for (const [number, [key, model]] of networks.entries()) {
        const text = textOf({
          services: { s0: { networks: { [key]: null } } },
          networks: { [key]: model },
        });
        const outcome = await make(model);
        const judgement = judge(text, outcome, version, "whole");
        if (judgement.agrees) continue;
        const { reason, findings } = judgement;
        wrong.push(described({ number, text, outcome, reason }, findings, version));
      }
      assert.equal(wrong.length, 0, wrong.join("\n"));
    });
  }
});
