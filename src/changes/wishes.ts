/** The settings of a network with what the user wants to be other than it is. PURE. */
import { moveAddress, movesOf } from "./moves";
import { containsAddress, formatAddress, parseAddress, parsePrefix } from "../model/cidr";
import type { IpamPool } from "../model/network";
import type { NetworkSettings } from "../model/networkSettings";

/** Of one pool. What is absent stays as it is; an empty text takes it away. */
export interface PoolWishes {
  /** Empty: the pool goes. Where none is left, the engine chooses a subnet. */
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ipRange?: string;
}

export interface RecreateWishes extends PoolWishes {
  readonly parent?: string;
  /** Of each pool, by its place; those of the first may also stand beside this. One more adds a pool. */
  readonly pools?: readonly PoolWishes[];
}

/** All else stays. Excluded addresses move with a pool to another one of the same size. */
export function withWishes(settings: NetworkSettings, wishes: RecreateWishes): NetworkSettings {
  const { parent: before, ...options } = settings.options;
  const { subnet, gateway, ipRange, pools = [] } = wishes;
  const first = {
    ...(subnet !== undefined && { subnet }),
    ...(gateway !== undefined && { gateway }),
    ...(ipRange !== undefined && { ipRange }),
    ...pools[0],
  };
  const parent = wishes.parent ?? before;
  const count = Math.max(settings.pools.length, pools.length, 1);
  return {
    ...settings,
    options: parent ? { parent, ...options } : options,
    pools: Array.from({ length: count }, (_, index) =>
      poolWith(settings.pools[index] ?? {}, index === 0 ? first : (pools[index] ?? {})),
    ).filter((pool) => pool.subnet !== undefined),
  };
}

function poolWith(pool: IpamPool, wishes: PoolWishes): IpamPool {
  const wished = { ...pool, ...wishes };
  const aux = pool.aux && movedAux(pool, wished);
  return Object.fromEntries(Object.entries({ ...wished, aux }).filter(([, value]) => value));
}

function movedAux(before: IpamPool, after: IpamPool): IpamPool["aux"] {
  const moves = movesOf([before], [after]);
  const subnet = parsePrefix(after.subnet ?? "");
  const entries = Object.entries(before.aux ?? {}).map(([name, text]) => {
    const address = parseAddress(text);
    if (!address || !subnet || containsAddress(subnet, address)) return [name, text];
    return [name, formatAddress(moveAddress(address, moves))];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
