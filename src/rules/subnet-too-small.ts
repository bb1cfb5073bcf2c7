import { setValue } from "../compose/value";
import { canonicalPrefix, familyBits, formatPrefix, prefixesOverlap } from "../model/cidr";
import type { EngineProfile } from "../model/engineProfile";
import type { PoolView, RuleContext } from "./context";
import { hiddenGateway, takesGateway } from "./pools";
import type { Fix, Rule } from "./rule";
import {
  containersOn,
  isTooSmall,
  knownPools,
  structuralAddresses,
  usableAddresses,
} from "./support/capacity";
import { fullMessages, gatewayTaken, noneAvailable } from "./support/ipamMessages";
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
      // One that the engine cannot use is refused whatever others there are.
      const refused = pools.find((each) => lacksRoomForGateway(each, engine));
      const pool = refused ?? pools[0];
      const subnet = pool?.entry?.subnet;
      if (!pool || !subnet) continue;
      const containers = containersOn(attachments);
      const unusable = refused !== undefined;
      if (!unusable && (!network.used || !isTooSmall(pools, containers))) continue;
      const room = pools.reduce((sum, each) => sum + usableAddresses(each), 0n);
      report({
        place: subnet.place,
        severity: unusable ? refusalOf(network) : "error",
        message: unusable
          ? `Docker refuses the network "${network.key}": ${family === 4 ? "before version 23 " : ""}it cannot use a ` +
            `subnet as small as ${subnet.text}.`
          : `"${network.key}" has ${count(containers, "container")} and ${count(room, "address")} for them: ` +
            `${subnet.text} less what is reserved. Docker does not start ${room === 0n ? "any" : "the others"}.`,
        engineMessage: unusable
          ? `failed to allocate gateway (${pool.entry.gateway?.text ?? ""}): ${noneAvailable(engine)}`
          : `no available IPv${family} addresses on this network's address pools: ${network.realName ?? network.key} (<id>)`,
        otherMessages: unusable ? unusableMessages(pool) : fullMessages(engine),
        fixes: (context) => (pools.length > 1 ? [] : widen(context, pool, containers)),
      });
    }
  },
};

/** Whether the network itself is refused, for want of an address that its gateway could have. */
function lacksRoomForGateway(
  { entry, network, subnet, hiddenGateway: taken, range }: PoolView,
  engine: EngineProfile,
): boolean {
  if (subnet.family === 4) return !engine.usesTinyPools && subnet.length > 30;
  if (subnet.length < familyBits(6)) return false;
  // The only address of the subnet belongs to routers.
  return isSet(entry?.gateway) || (takesGateway(network, engine) && !taken && !range);
}

function unusableMessages({ gateway }: PoolView): string[] {
  return gateway ? [gatewayTaken(gateway)] : [];
}

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
