import type { ComposeProject } from "../compose/project";
import type { Value } from "../compose/value";
import type { EngineProfile } from "../model/engineProfile";
import type { Rule } from "./rule";
import { type DeclaredEntry, declaredEntries, writtenText } from "./support/declaredEntries";
import { refusalOf } from "./support/refusal";
import { isSet } from "./support/staticAddresses";

export const ipamEntryWithoutSubnet: Rule = {
  id: "ipam-entry-without-subnet",
  severity: "error",
  summary: "An entry of ipam.config has no subnet that its gateway or ip_range could be part of.",
  hasFix: false,
  check({ engine, networks, project }, report) {
    for (const declared of networks.flatMap(declaredEntries)) {
      const { network, entry } = declared;
      if (isSet(entry.subnet) || entry.unknownKeys.length > 0) continue;
      const values = [entry.gateway, entry.ipRange, ...entry.aux.map(({ value }) => value)];
      const [first] = values.filter(isSet);
      // An empty entry means a subnet of the engine's own there, and what is not known may be empty.
      if (engine.decodesAddresses && first?.known !== true) continue;
      if (hasTypeProblem(project, declared)) continue;
      report({
        place: first?.place ?? entry.place,
        severity: refusalOf(network),
        message:
          `Docker refuses the network "${network.key}": this entry of ipam.config has no subnet. ` +
          "Add one, or remove the entry to let Docker choose.",
        engineMessage: words(engine, declared),
      });
    }
  },
};

/** `subnet:` with nothing or a list behind it has been reported as what it is. */
function hasTypeProblem({ problems }: ComposeProject, { entry }: DeclaredEntry): boolean {
  const { path, from, to } = entry.place;
  return problems.some(
    ({ code, place }) =>
      code === "type" && place.path === path && place.from >= from && place.to <= to,
  );
}

function words(engine: EngineProfile, { entry }: DeclaredEntry): string | undefined {
  if (!engine.validatesIpam) return "Invalid subnet  : invalid CIDR address: ";
  if (!engine.decodesAddresses) return "invalid subnet : invalid CIDR block notation";
  const reason = (value: Value, range: boolean) => {
    const family = range ? value.prefix?.family : value.address?.family;
    if (family === undefined) return undefined;
    if (family === 6) return "parent subnet is an IPv4 block";
    return `parent subnet invalid Prefix doesn't contain ${range ? "ip-range" : "this address"}`;
  };
  const { ipRange, gateway } = entry;
  const range = writtenText(ipRange);
  const because = ipRange && range !== undefined ? reason(ipRange, true) : undefined;
  if (because !== undefined) return `invalid ip-range ${range ?? ""}: ${because}`;
  const address = gateway?.known === true ? reason(gateway, false) : undefined;
  return gateway && address !== undefined
    ? `invalid gateway ${gateway.text}: ${address}`
    : undefined;
}
