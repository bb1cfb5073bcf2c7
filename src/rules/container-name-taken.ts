import type { ServiceDeclaration } from "../compose/project";
import type { Conditions } from "./context";
import type { Report, Rule } from "./rule";
import { conflictText } from "./support/conflictText";
import { writtenText } from "./support/declaredEntries";
import { describeContainer } from "./support/liveContainers";

export const containerNameTaken: Rule = {
  id: "container-name-taken",
  severity: "error",
  summary: "Two containers have the same name.",
  hasFix: false,
  check(context, report) {
    const live = liveNames(context);
    const first = new Map<string, ServiceDeclaration>();
    const named = context.project.services.filter(({ containerName }) => containerName);
    // Compose looks at the services that it starts; the others count once their profile is active.
    for (const service of named.sort((a, b) => Number(b.enabled) - Number(a.enabled))) {
      const name = writtenText(service.containerName);
      if (name === undefined || !service.containerName) continue;
      const other = first.get(name);
      const place = service.containerName.place;
      if (other) {
        const finding = inFile(service, other, name);
        if (finding) report({ place, ...finding });
        continue;
      }
      first.set(name, service);
      const holder = live.get(name);
      if (holder !== undefined) report({ place, ...onEngine(service, name, holder) });
    }
  },
};

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

function onEngine(service: ServiceDeclaration, name: string, holder: string): Told {
  return {
    severity: service.enabled && service.replicas !== 0 ? "error" : "warning",
    message: `The engine has a ${holder} already, running or stopped: Docker refuses to make that of "${service.key}".`,
    engineMessage: conflictText(name),
  };
}

/** Names of containers that Compose leaves alone. */
function liveNames({ foreignContainers }: Conditions): ReadonlyMap<string, string> {
  return new Map(
    foreignContainers.map((container) => [container.name, describeContainer(container)]),
  );
}
