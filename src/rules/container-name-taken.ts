import type { Place } from "../compose/place";
import type { ServiceDeclaration } from "../compose/project";
import type { EngineContainer } from "../model/attachment";
import type { ServiceView } from "./context";
import type { Report, Rule } from "./rule";
import { conflictText } from "./support/conflictText";
import { writtenText } from "./support/declaredEntries";
import { describeContainer } from "./support/liveContainers";
import { remembering } from "./support/remembering";

export const containerNameTaken: Rule = {
  id: "container-name-taken",
  severity: "error",
  summary: "Two containers have the same name.",
  hasFix: false,
  check({ named, foreignContainers }, report) {
    const { first, repeated } = namesOf(named);
    for (const { service, other, name, place } of repeated) {
      const finding = inFile(service, other, name);
      if (finding) report({ place, ...finding });
    }
    // Containers that Compose leaves alone.
    for (const container of foreignContainers) {
      const holder = first.get(container.name);
      if (holder) report({ place: holder.place, ...onEngine(holder.service, container) });
    }
  },
};

interface Named {
  readonly service: ServiceDeclaration;
  readonly name: string;
  readonly place: Place;
}

/** The first service of each name, and those whose name an earlier one has. */
const namesOf = remembering((views: readonly ServiceView[]) => {
  const first = new Map<string, Named>();
  const repeated: (Named & { readonly other: ServiceDeclaration })[] = [];
  // Compose looks at the services that it starts; the others count once their profile is active.
  const services = views.map(({ service }) => service);
  for (const service of services.sort((a, b) => Number(b.enabled) - Number(a.enabled))) {
    const name = writtenText(service.containerName);
    if (name === undefined || !service.containerName) continue;
    const { place } = service.containerName;
    const other = first.get(name)?.service;
    if (other) repeated.push({ service, other, name, place });
    else first.set(name, { service, name, place });
  }
  return { first, repeated };
});

type Told = Omit<Report, "place">;

function inFile(
  service: ServiceDeclaration,
  other: ServiceDeclaration,
  name: string,
): Told | undefined {
  const together = service.enabled && other.enabled;
  // With profiles that exclude each other it is one container in two ways.
  if (!together && !canMeet(service, other)) return undefined;
  const when = together ? "" : " once the profile is active";
  return {
    severity: together ? "error" : "warning",
    message: `"${name}" is the container_name of both "${other.key}" and "${service.key}": Compose refuses the file${when}.`,
    related: other.containerName
      ? [{ place: other.containerName.place, message: `"${other.key}" has the name here.` }]
      : [],
  };
}

function canMeet(
  { profiles: a }: ServiceDeclaration,
  { profiles: b }: ServiceDeclaration,
): boolean {
  return a.length === 0 || b.length === 0 || a.some((profile) => b.includes(profile));
}

function onEngine(service: ServiceDeclaration, container: EngineContainer): Told {
  const holder = describeContainer(container);
  return {
    severity: service.enabled && service.replicas !== 0 ? "error" : "warning",
    message: `The engine has a ${holder} already, running or stopped: Docker refuses to make that of "${service.key}".`,
    engineMessage: conflictText(container.name),
  };
}
