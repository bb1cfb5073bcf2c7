/**
 * `GET /networks`, as model values. Tolerant: versions 20.10 (API 1.41) to 29 (1.52 and later) differ in
 * what they leave out or leave empty. Written for thousands of them, as `containersFromEngine.ts` is: what
 * says the same as before is compared in place, and nothing is made for it.
 */
import { defined, list, record, text, texts } from "../model/json";
import { type EngineNetwork, type IpamPool, isLanDriver, modeOption } from "../model/network";
import type { Known } from "./containersFromEngine";

/** `GET /networks`, in the engine's order, which changes from call to call. */
export function networksFromEngine(
  payload: unknown,
  known?: Known<EngineNetwork>,
): EngineNetwork[] {
  const networks: EngineNetwork[] = [];
  for (const item of list(payload)) {
    const network = networkFromEngine(item, known);
    if (network) networks.push(network);
  }
  return networks;
}

/** One element of `GET /networks`; undefined without an id and a name. */
export function networkFromEngine(
  payload: unknown,
  known?: Known<EngineNetwork>,
): EngineNetwork | undefined {
  const item = record(payload);
  const id = text(item["Id"]);
  const name = text(item["Name"]);
  if (id === undefined || name === undefined) return undefined;
  const driver = text(item["Driver"]) ?? "";
  const options = record(item["Options"]);
  const parent = text(options["parent"]);
  const mode = isLanDriver(driver) ? text(options[modeOption(driver)]) : undefined;
  const internal = flag(item["Internal"]);
  const enableIpv6 = flag(item["EnableIPv6"]);
  const pools = list(record(item["IPAM"])["Config"]);
  const labels = record(item["Labels"]);
  const project = text(labels["com.docker.compose.project"]);
  const composeKey = text(labels["com.docker.compose.network"]);
  const configHash = text(labels["com.docker.compose.config-hash"]);
  const scope = text(item["Scope"]);
  const configOnly = item["ConfigOnly"] === true ? true : undefined;
  const configFrom = text(record(item["ConfigFrom"])["Network"]);
  const before = known?.get(id);
  if (
    before?.name === name &&
    before.driver === driver &&
    before.parent === parent &&
    before.mode === mode &&
    before.internal === internal &&
    before.enableIpv6 === enableIpv6 &&
    before.project === project &&
    before.composeKey === composeKey &&
    before.configHash === configHash &&
    before.scope === scope &&
    before.configOnly === configOnly &&
    before.configFrom === configFrom &&
    arePools(before.ipam ?? [], pools)
  ) {
    return before;
  }
  return defined({
    ...{ id, name, driver, parent, mode, internal, enableIpv6 },
    ipam: pools.map(poolFromEngine),
    ...{ project, composeKey, configHash, scope, configOnly, configFrom },
  });
}

function poolFromEngine(payload: unknown): IpamPool {
  const item = record(payload);
  const aux = texts(item["AuxiliaryAddresses"]);
  return defined({
    subnet: text(item["Subnet"]),
    ipRange: text(item["IPRange"]),
    gateway: text(item["Gateway"]),
    aux: Object.keys(aux).length > 0 ? aux : undefined,
  });
}

/** Whether `pools` were made from these. */
function arePools(pools: readonly IpamPool[], payload: readonly unknown[]): boolean {
  if (pools.length !== payload.length) return false;
  for (let index = 0; index < payload.length; index++) {
    const [item, pool] = [record(payload[index]), pools[index]];
    if (pool?.subnet !== text(item["Subnet"])) return false;
    if (pool?.ipRange !== text(item["IPRange"])) return false;
    if (pool?.gateway !== text(item["Gateway"])) return false;
    if (!areAux(pool?.aux, item["AuxiliaryAddresses"])) return false;
  }
  return true;
}

function areAux(aux: IpamPool["aux"], payload: unknown): boolean {
  const item = record(payload);
  let count = 0;
  for (const name of Object.keys(item)) {
    const address = text(item[name]);
    if (address === undefined) continue;
    count++;
    if (!aux || !Object.hasOwn(aux, name) || aux[name] !== address) return false;
  }
  return count === (aux ? Object.keys(aux).length : 0);
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}
