/**
 * What the engine counts itself: `Status.IPAM.Subnets` in the answer to `GET /networks/{id}` since API 1.52, without
 * any query; `GET /networks` has none of it (moby daemon/server/router/network/network_routes.go, getNetwork and
 * getNetworksList, docker-v29.0.0).
 */
import { record } from "../model/json";
import type { PoolStatus } from "../model/network";

/** Oldest API version whose answer has it: Engine 29. */
export const poolStatusApi = "1.52";

/** Undefined where the engine does not count: addresses of another IPAM driver, the host's network. */
export function poolStatusFromEngine(payload: unknown): PoolStatus[] | undefined {
  const subnets = record(record(record(record(payload)["Status"])["IPAM"])["Subnets"]);
  const found = Object.entries(subnets).flatMap(([subnet, value]) => {
    const { IPsInUse, DynamicIPsAvailable } = record(value);
    const [inUse, left] = [count(IPsInUse), count(DynamicIPsAvailable)];
    return inUse === undefined || left === undefined ? [] : [{ subnet, inUse, left }];
  });
  return found.length > 0 ? found : undefined;
}

/** The engine ends counting at 2^64 - 1, which JSON rounds to one more. */
function count(value: unknown): bigint | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0
    ? BigInt(value)
    : undefined;
}
