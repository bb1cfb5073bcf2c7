/** Whether what services need is there: what Compose asks when all files are read (compose-go checkConsistency). */
import type { Layer, Slot } from "./layer";
import type { Model } from "./model";
import type { ReadProblem, ServiceDeclaration } from "./project";
import type { ResourceNeed, ServiceNeed } from "./serviceNeeds";

/** Keys of the entries that are declared. */
export type Declared = Readonly<Record<ResourceNeed["section"], ReadonlySet<string>>>;

/** What Compose refuses of the services as they stand together; only enabled ones count. */
export function consistencyProblems(
  services: readonly ServiceDeclaration[],
  declared: Declared,
): ReadProblem[] {
  const problems: ReadProblem[] = [];
  const enabled = new Map(services.filter((s) => s.enabled).map((s) => [s.key, s]));
  const all = new Set(services.map(({ key }) => key));
  let depending = false;
  for (const service of enabled.values()) {
    for (const fault of service.needs.faults) problems.push(fault);
    for (const need of service.needs.services) {
      depending = true;
      if (enabled.has(need.name) || need.mode || (need.optional && all.has(need.name))) continue;
      problems.push(missingService(service, need, all));
    }
    for (const need of service.needs.resources) {
      if (!declared[need.section].has(need.name)) problems.push(missingResource(service, need));
    }
  }
  const cycle = depending ? findCycle(enabled) : undefined;
  if (cycle) problems.push(cycle);
  return problems;
}

function missingService(
  { key }: ServiceDeclaration,
  { name, place }: ServiceNeed,
  all: ReadonlySet<string>,
): ReadProblem {
  const why = all.has(name) ? "whose profile is not active" : "and there is no such service";
  return {
    code: "consistency",
    message: `"${key}" needs the service "${name}", ${why}: Compose refuses the project.`,
    composeMessage: `service "${key}" depends on undefined service "${name}": invalid compose project`,
    place,
  };
}

function missingResource(
  { key }: ServiceDeclaration,
  { section, name, place, what }: ResourceNeed,
): ReadProblem {
  return {
    code: "consistency",
    message: `"${key}" uses the ${what} "${name}", which is not declared under the top-level ${section}: Compose refuses the project.`,
    composeMessage: `service "${key}" refers to undefined ${what} ${name}: invalid compose project`,
    place,
  };
}

/** The first circle of needs in the order of names, as Compose finds it. */
function findCycle(services: ReadonlyMap<string, ServiceDeclaration>): ReadProblem | undefined {
  const done = new Set<string>();
  for (const start of [...services.keys()].sort()) {
    const way: { key: string; rest: ServiceNeed[] }[] = [];
    const enter = (key: string) => {
      way.push({ key, rest: sortedNeeds(services.get(key)) });
    };
    if (!done.has(start)) enter(start);
    for (let step = way.at(-1); step; step = way.at(-1)) {
      const need = step.rest.shift();
      if (!need) {
        done.add(step.key);
        way.pop();
        continue;
      }
      const again = way.findIndex(({ key }) => key === need.name);
      if (again >= 0) return cycleProblem(way.slice(again), need, services);
      if (!done.has(need.name) && services.has(need.name)) enter(need.name);
    }
  }
  return undefined;
}

function sortedNeeds(service: ServiceDeclaration | undefined): ServiceNeed[] {
  const needs = service?.needs.services ?? [];
  return [...needs].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function cycleProblem(
  way: readonly { readonly key: string }[],
  last: ServiceNeed,
  services: ReadonlyMap<string, ServiceDeclaration>,
): ReadProblem | undefined {
  const keys = way.map(({ key }) => key);
  const modesOnly = keys.every((key, index) => {
    const next = keys[index + 1] ?? last.name;
    const needs = services.get(key)?.needs.services ?? [];
    return needs.every(({ name, mode }) => name !== next || mode);
  });
  // For services that share each other's network there is a rule.
  if (modesOnly) return undefined;
  const list = keys.map((key) => `"${key}"`).join(", ");
  const message =
    keys.length === 1
      ? `The service ${list} needs itself: Compose refuses the project.`
      : `The services ${list} need each other in a circle: Compose refuses the project.`;
  return {
    code: "consistency",
    message,
    composeMessage: `dependency cycle detected: ${[...keys, last.name].join(" -> ")}`,
    place: last.place,
  };
}

/** What the files declare. */
export function declaredOf({ sections }: Model, layers: Iterable<Layer>): Declared {
  const keys = (slots: ReadonlyMap<string, Slot>) => new Set(slots.keys());
  const models = new Set<string>();
  for (const { top } of layers) {
    const node = top.get("models")?.node;
    if (node?.kind === "map") for (const { key } of node.pairs) models.add(key);
  }
  const { volumes, secrets, configs } = sections;
  return { volumes: keys(volumes), secrets: keys(secrets), configs: keys(configs), models };
}
