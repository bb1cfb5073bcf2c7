/** A network as its declaration, the facts and the engine make it. */
import type { IpamEntry, NetworkDeclaration } from "../../compose/project";
import { defaultMode } from "../../model/driverOptions";
import type { EngineProfile } from "../../model/engineProfile";
import { type EngineNetwork, isLanDriver, modeOption } from "../../model/network";
import type { NetworkView, PoolView } from "../context";
import { livePool, poolOf } from "../pools";

/** `live`: the engine's network of the declaration's name. `used`: some enabled service is attached. */
export function viewOf(
  declaration: NetworkDeclaration,
  engine: EngineProfile,
  live: EngineNetwork | undefined,
  used: boolean,
): NetworkView {
  const external = declaration.external === true;
  const driver = external ? live?.driver : driverOf(declaration);
  const onLan = isLanDriver(driver);
  const option = (key: string) => declaration.driverOpts.find((entry) => entry.key === key)?.value;
  const parent = external ? undefined : option("parent");
  const mode = onLan && !external ? option(modeOption(driver)) : undefined;
  const foreignIpam =
    declaration.ipamDriver !== undefined &&
    !(declaration.ipamDriver.known && ["default", ""].includes(declaration.ipamDriver.text));
  const view: NetworkView & { pools: readonly PoolView[] } = {
    key: declaration.key,
    declaration,
    realName: declaration.realName,
    driver,
    onLan,
    parent: external ? live?.parent : parent?.known ? parent.text || undefined : undefined,
    parentKnown: external ? live !== undefined : parent?.known !== false,
    mode: external
      ? live?.mode
      : mode
        ? mode.known
          ? mode.text || defaultMode(driver)
          : undefined
        : defaultMode(driver),
    external,
    internal: external ? live?.internal === true : declaration.internal === true,
    ipv4: external || !engine.ipv4Optional ? true : declaration.enableIpv4,
    ipv6: external ? live?.enableIpv6 : declaration.enableIpv6,
    used,
    poolsKnown: external
      ? live?.ipam !== undefined
      : declaration.external === false && !foreignIpam && declaration.ipam.every(hasReadableSubnet),
    pools: [],
    live,
  };
  view.pools = external
    ? (live?.ipam ?? []).flatMap((pool) => livePool(view, pool) ?? [])
    : declaration.ipam.flatMap((entry) => poolOf(view, entry, engine) ?? []);
  return view;
}

/** False also for `0.0.0.0/24` and `::/64`: the engine takes a subnet of that size from its own (29.0). */
function hasReadableSubnet({ subnet }: IpamEntry): boolean {
  const prefix = subnet?.known ? subnet.prefix : undefined;
  return prefix !== undefined && prefix.address !== 0n;
}

function driverOf(declaration: NetworkDeclaration): string | undefined {
  if (!declaration.driver) return "bridge";
  if (!declaration.driver.known) return undefined;
  return declaration.driver.text || "bridge";
}

/** The `default` network that nobody wrote and that a service is on. `whole`: no other file may declare it. */
export function implicitDefault(
  realName: string | undefined,
  live: EngineNetwork | undefined,
  whole: boolean,
): NetworkView {
  return {
    key: "default",
    declaration: undefined,
    realName,
    driver: "bridge",
    onLan: false,
    parent: undefined,
    parentKnown: true,
    mode: undefined,
    external: false,
    internal: false,
    ipv4: true,
    ipv6: false,
    used: true,
    poolsKnown: whole,
    pools: [],
    live,
  };
}
