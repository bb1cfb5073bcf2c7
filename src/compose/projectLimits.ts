/** How much of a project is checked. What is more is left out, and a problem says so: the project is partial then. */
import { keyPlaceOf } from "./layer";
import { maxVariablesLength, mostEntries, mostSubnets, mostTies } from "./limits";
import type { Model } from "./model";
import type { ModelBuilder } from "./modelBuilder";
import type { NetworkDeclaration, ReadProblem, ServiceDeclaration } from "./project";

/** Takes out of the model what is more than is checked of a section. */
export function limitSections({ sections }: Model, builder: ModelBuilder): void {
  for (const name of ["services", "networks"] as const) {
    const slots = sections[name];
    const most = mostEntries[name];
    if (slots.size <= most) continue;
    const beyond = [...slots].slice(most);
    const [first] = beyond;
    if (!first) continue;
    for (const [key] of beyond) slots.delete(key);
    const message =
      `The project has ${most + beyond.length} ${name}; only the first ${most} are checked, ` +
      "and nothing that takes the whole project to tell.";
    builder.leaveOut({ code: "limit", message, place: keyPlaceOf(first[1]) });
  }
}

/** Why a file of variables is not read, and what is `left` out therefore; undefined where it is. */
export function variablesLimit(
  { path, text }: { readonly path: string; readonly text: string },
  left: string,
): ReadProblem | undefined {
  if (text.length <= maxVariablesLength) return undefined;
  const message = `The file has ${text.length} characters; only files of variables up to ${maxVariablesLength} are read. ${left}`;
  return { code: "limit", message, place: { path, from: 0, to: 0 } };
}

/** Why a service is not checked; undefined where it is. */
export function serviceLimit(service: ServiceDeclaration): ReadProblem | undefined {
  return entryLimit("service", service, service.networks.length, "networks", mostTies);
}

/** The same of a network. */
export function networkLimit(network: NetworkDeclaration): ReadProblem | undefined {
  return entryLimit("network", network, network.ipam.length, "subnets", mostSubnets);
}

function entryLimit(
  what: "service" | "network",
  { key, keyPlace }: ServiceDeclaration | NetworkDeclaration,
  count: number,
  things: string,
  most: number,
): ReadProblem | undefined {
  if (count <= most) return undefined;
  const message =
    `The ${what} "${key}" has ${count} ${things}; only ${what}s with up to ${most} are checked. ` +
    "This one is not, and nothing that takes the whole project to tell.";
  return { code: "limit", message, place: keyPlace };
}
