/** Finds the address or subnet of a project that an offset of its file points at. PURE. */
import type { Value } from "../compose/value";
import type { Address } from "../model/cidr";
import type { PoolView, RuleContext } from "../rules/context";

export type ValueAt =
  | { readonly kind: "subnet" | "range"; readonly value: Value; readonly pool: PoolView }
  | { readonly kind: "address"; readonly value: Value; readonly address: Address };

/** Undefined where there is none, or one that cannot be read. `path` as in the project's places. */
export function valueAt(context: RuleContext, path: string, offset: number): ValueAt | undefined {
  const hit = (value: Value | undefined): value is Value =>
    value?.known === true &&
    value.place.path === path &&
    value.place.from <= offset &&
    offset <= value.place.to;
  const address = (value: Value | undefined): ValueAt | undefined =>
    hit(value) && value.address ? { kind: "address", value, address: value.address } : undefined;
  for (const pool of context.networks.flatMap((network) => network.pools)) {
    const { entry } = pool;
    if (!entry) continue;
    if (hit(entry.subnet)) return { kind: "subnet", value: entry.subnet, pool };
    if (hit(entry.ipRange) && pool.range) return { kind: "range", value: entry.ipRange, pool };
    for (const value of [entry.gateway, ...entry.aux.map((aux) => aux.value)]) {
      const found = address(value);
      if (found) return found;
    }
  }
  for (const tie of context.project.services.flatMap((service) => service.networks)) {
    const found = address(tie.ipv4) ?? address(tie.ipv6);
    if (found) return found;
  }
  return undefined;
}
