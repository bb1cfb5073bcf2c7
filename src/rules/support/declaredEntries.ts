/** The entries of `ipam.config` that the engine's own IPAM will read. */
import type { IpamEntry, NetworkDeclaration } from "../../compose/project";
import type { Value } from "../../compose/value";
import type { EngineProfile } from "../../model/engineProfile";
import type { NetworkView, PoolView } from "../context";
import { remembering } from "./remembering";

export interface DeclaredEntry {
  readonly network: NetworkView;
  readonly declaration: NetworkDeclaration;
  readonly entry: IpamEntry;
  /** Place in the list, from 0. */
  readonly index: number;
  /** Absent when the subnet is missing, unreadable or unknown. */
  readonly pool: PoolView | undefined;
}

/** The entries of a network that the project itself makes: what stands under an external network is never sent. */
const sentEntries = remembering((network: NetworkView): readonly DeclaredEntry[] => {
  const { declaration } = network;
  if (declaration?.external !== false) return [];
  const pools = new Map(network.pools.map((pool) => [pool.entry, pool]));
  return declaration.ipam.map((entry, index) => {
    return { network, declaration, entry, index, pool: pools.get(entry) };
  });
});

/** The entries that the engine's own IPAM serves: a foreign IPAM driver has rules of its own. */
export function declaredEntries(network: NetworkView): readonly DeclaredEntry[] {
  const { declaration } = network;
  return declaration && hasDefaultIpam(declaration) ? sentEntries(network) : [];
}

/**
 * The entries whose texts the engine reads: from 25 on those of every network, before any IPAM driver is asked
 * (moby ValidateIPAM, called by the router).
 */
export function readEntries(network: NetworkView, engine: EngineProfile): readonly DeclaredEntry[] {
  return engine.validatesIpam ? sentEntries(network) : declaredEntries(network);
}

export type DeclaredPool = DeclaredEntry & { readonly pool: PoolView };

/** Declared pools that the engine allocates: readable, and of a family that the network has. */
export function declaredPools(network: NetworkView, engine: EngineProfile): DeclaredPool[] {
  return declaredEntries(network).flatMap((declared) => {
    const { pool } = declared;
    if (pool?.active !== true || asksForDefaultPool(engine, pool)) return [];
    return [{ ...declared, pool }];
  });
}

/**
 * Declared pools that the engine looks at before it allocates any: those of a family that the network
 * does not have as well, but for IPv6 (moby ValidateIPAM).
 */
export function validatedPools(network: NetworkView, engine: EngineProfile): DeclaredPool[] {
  return readEntries(network, engine).flatMap((declared) => {
    const { pool } = declared;
    if (!pool || !isValidated(pool) || asksForDefaultPool(engine, pool)) return [];
    return [{ ...declared, pool }];
  });
}

/** Whether the engine looks at the pool at all; see `validatedPools`. */
export function isValidated({ active, subnet }: PoolView): boolean {
  return active || subnet.family === 4;
}

/** `0.0.0.0/24` and `::/64` mean a subnet of that size from the engine's own (29.0). */
function asksForDefaultPool(engine: EngineProfile, { subnet }: PoolView): boolean {
  return engine.decodesAddresses && subnet.address === 0n;
}

/** Whether the engine's own allocator serves the network. */
export function hasDefaultIpam({ ipamDriver }: NetworkDeclaration): boolean {
  return !ipamDriver || (ipamDriver.known && ["", "default"].includes(ipamDriver.text));
}

/** The known text of a value; undefined when nothing is written, which Compose takes an empty text for. */
export function writtenText(value: Value | undefined): string | undefined {
  return value?.known === true && value.text !== "" ? value.text : undefined;
}
