import { setValue } from "../compose/value";
import {
  type Address,
  type Prefix,
  canonicalPrefix,
  containsAddress,
  containsPrefix,
  formatAddress,
  formatPrefix,
  parseAddress,
  prefixesOverlap,
} from "../model/cidr";
import type { RuleContext } from "./context";
import { freeAddress } from "./free";
import type { Fix, Rule } from "./rule";
import { sameHostIn } from "./support/addressFixes";
import { type DeclaredPool, validatedPools } from "./support/declaredEntries";
import { foreignGateway } from "./support/ipamMessages";
import { refusalOf } from "./support/refusal";

export const gatewayOutsideSubnet: Rule = {
  id: "gateway-outside-subnet",
  severity: "error",
  summary: "A gateway is not in its subnet.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const declared of validatedPools(network, engine)) {
      const { entry, pool } = declared;
      const gateway = entry.gateway?.known ? entry.gateway.address : undefined;
      if (!entry.gateway || !entry.subnet?.prefix || !gateway) continue;
      if (containsAddress(pool.subnet, gateway)) continue;
      report({
        place: entry.gateway.place,
        severity: refusalOf(network),
        message:
          `Docker refuses the network "${network.key}": the gateway ${entry.gateway.text} ` +
          `is not in the subnet ${formatPrefix(pool.subnet)}.`,
        related: [{ place: entry.subnet.place, message: `The subnet of "${network.key}"` }],
        engineMessage: foreignGateway(engine, gateway, entry.subnet.prefix),
        fixes: (context) => fixes(context, declared),
      });
    }
  },
};

/**
 * On a LAN the router is where it is, so a subnet that is a part of the router's is what is wrong;
 * elsewhere the gateway is whatever one likes.
 */
function fixes(context: RuleContext, declared: DeclaredPool): Fix[] {
  const widened = widenSubnet(context, declared);
  const moved = moveGateway(context, declared);
  const [best, ...rest] = declared.network.onLan ? [...widened, ...moved] : [...moved, ...widened];
  return best ? [{ ...best, preferred: true }, ...rest] : [];
}

/** The router that the host itself uses there, else the gateway's own place in the subnet, else a free address. */
function moveGateway(context: RuleContext, { entry, network, pool }: DeclaredPool): Fix[] {
  const { gateway } = entry;
  if (!gateway?.address) return [];
  const same = gateway.address.family === pool.subnet.family;
  const near = same ? sameHostIn(pool.subnet, gateway.address) : undefined;
  const router = network.onLan ? routerIn(context, pool.subnet) : undefined;
  const address = router ?? freeAddress(context, pool, near);
  const edit = address && setValue(gateway, formatAddress(address));
  if (!edit) return [];
  const title = `Change the gateway to ${edit.newText}`;
  return [{ title, preferred: false, safe: false, edits: [edit] }];
}

function routerIn({ facts }: RuleContext, subnet: Prefix): Address | undefined {
  return (facts.interfaces ?? [])
    .flatMap(({ gateway }) => (gateway === undefined ? [] : (parseAddress(gateway) ?? [])))
    .find((address) => containsAddress(subnet, address));
}

/** The usual /24 of a LAN, where it holds both and nothing else of the project is in the way. */
function widenSubnet(context: RuleContext, { entry, network, pool }: DeclaredPool): Fix[] {
  const gateway = entry.gateway?.address;
  if (!entry.subnet || gateway?.family !== 4 || pool.subnet.length <= 24) return [];
  const wide: Prefix = canonicalPrefix({ family: 4, address: gateway.value, length: 24 });
  if (!containsPrefix(wide, pool.subnet)) return [];
  const others = context.networks.filter((other) => other !== network);
  if (others.some((other) => other.pools.some((p) => prefixesOverlap(p.subnet, wide)))) return [];
  const edit = setValue(entry.subnet, formatPrefix(wide));
  if (!edit) return [];
  const title = `Widen the subnet to ${edit.newText}`;
  return [{ title, preferred: false, safe: false, edits: [edit] }];
}
