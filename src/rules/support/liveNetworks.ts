import type { EngineNetwork } from "../../model/network";
import type { Facts } from "../../model/facts";
import { remembering } from "./remembering";

/** The engine's networks by name. */
export const liveNetworks = remembering(
  ({ networks }: Facts): ReadonlyMap<string, EngineNetwork> =>
    new Map((networks ?? []).map((network) => [network.name, network])),
);
