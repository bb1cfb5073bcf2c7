import { setValue } from "../compose/value";
import { canonicalPrefix, familyBits, formatPrefix, prefixesOverlap } from "../model/cidr";
import type { PoolView, RuleContext } from "./context";
import { hiddenGateway } from "./pools";
import type { Fix, Rule } from "./rule";
import {
  containersOn,
  isTooSmall,
  knownPools,
  structuralAddresses,
  usableAddresses,
} from "./support/capacity";
import { refusalOf } from "./support/refusal";
import { isSet } from "./support/staticAddresses";

export const subnetTooSmall: Rule = {
  id: "subnet-too-small",
  severity: "error",
  summary: "A subnet has fewer addresses than its network has containers.",
  hasFix: true,
  checkNetwork({ network, attachments }, { engine }, report) {
    for (const family of [4, 6] as const) {
      const pools = knownPools(network, family);
      const [pool] = pools;
      const subnet = pool?.entry?.subnet;
      if (!pool || !subnet) continue;
      const containers = containersOn(attachments);
      const unusable = !engine.usesTinyPools && family === 4 && pool.subnet.length > 30;
      if (!unusable && (!network.used || !isTooSmall(pools, containers))) continue;
      const room = pools.reduce((sum, each) => sum + usableAddresses(each), 0n);
      report({
        place: subnet.place,
        severity: unusable ? refusalOf(network) : "error",
        message: unusable
          ? `Docker refuses the network "${network.key}": before version 23 it cannot use a subnet as small as ${subnet.text}.`
          : `"${network.key}" has ${count(containers, "container")} and ${count(room, "address")} for them: ` +
            `${subnet.text} less what is reserved. Docker does not start ${room === 0n ? "any" : "the others"}.`,
        engineMessage: unusable
          ? `failed to allocate gateway (${pool.entry.gateway?.text ?? ""}): No available addresses on this pool`
          : `no available IPv${family} addresses on this network's address pools: ${network.realName ?? network.key} (<id>)`,
        fixes: (context) => (pools.length > 1 ? [] : widen(context, pool, containers)),
      });
    }
  },
};

function count(number: number | bigint, what: string): string {
  const plural = what === "address" ? "addresses" : `${what}s`;
  return BigInt(number) === 1n ? `1 ${what}` : `${number} ${plural}`;
}

/** A bigger subnet around this one, where the network is Docker's own: a LAN is as big as it is. */
function widen(context: RuleContext, pool: PoolView, containers: number): Fix[] {
  const { entry, network, gateway, subnet } = pool;
  if (!entry?.subnet || network.onLan) return [];
  const others = context.networks
    .flatMap((other) => other.pools)
    .filter((other) => other !== pool)
    .map((other) => other.subnet);
  const smallest = context.engine.usesTinyPools || subnet.family === 6 ? subnet.length - 1 : 30;
  for (let length = smallest; length >= familyBits(subnet.family) - 16; length--) {
    const wide = canonicalPrefix({ ...subnet, length });
    if (others.some((other) => prefixesOverlap(other, wide))) return [];
    if (gateway && structuralAddresses(wide).includes(gateway.value)) continue;
    const taken = isSet(entry.gateway)
      ? undefined
      : hiddenGateway(network, wide, pool.range, context.engine);
    const widened: PoolView = { ...pool, subnet: wide, hiddenGateway: taken };
    if (usableAddresses(widened) < BigInt(containers)) continue;
    const edit = setValue(entry.subnet, formatPrefix(wide));
    if (!edit) return [];
    const title = `Widen the subnet to ${edit.newText}`;
    return [{ title, preferred: true, safe: false, edits: [edit] }];
  }
  return [];
}
