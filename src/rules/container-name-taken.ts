import type { ServiceDeclaration } from "../compose/project";
import type { EngineContainer } from "../model/attachment";
import type { Report, Rule } from "./rule";
import { conflictText } from "./support/conflictText";
import { describeContainer } from "./support/liveContainers";

export const containerNameTaken: Rule = {
  id: "container-name-taken",
  severity: "error",
  summary: "Two containers have the same name.",
  hasFix: false,
  check({ containerNames, foreignContainers }, report) {
    for (const name of containerNames.repeated()) {
      // Compose looks at the services that it starts; the others count once their profile is active.
      const [first, ...others] = containerNames.holders(name);
      for (const { service } of others) {
        const place = service.containerName?.place;
        const finding = first && inFile(service, first.service, name);
        if (place && finding) report({ place, ...finding });
      }
    }
    // Containers that Compose leaves alone.
    for (const container of foreignContainers) {
      const service = containerNames.holders(container.name)[0]?.service;
      const place = service?.containerName?.place;
      if (service && place) report({ place, ...onEngine(service, container) });
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
    engineMessage: `container name "${name}" is already in use by service`,
    speaker: "Compose",
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
