import type { Place } from "../compose/place";
import type { ServiceDeclaration } from "../compose/project";
import { removeEntry } from "../compose/removeEntry";
import type { RuleContext, ServiceView } from "./context";
import type { Fix, Rule } from "./rule";
import { remembering } from "./support/remembering";

export const portsIgnored: Rule = {
  id: "ports-ignored",
  severity: "warning",
  summary: "Ports are published by a service that is only on macvlan or ipvlan networks.",
  hasFix: true,
  // A base that was not read may add a bridge, where ports do work.
  needsWholeProject: true,
  checkService(view, _, report) {
    const { service } = view;
    const ports = portsOf(view);
    if (!ports || !isOnlyOnLan(view)) return;
    const names = service.networks.map(({ key }) => `"${key}"`).join(", ");
    const own = contains(service.place, ports);
    report({
      place: own ? ports : service.keyPlace,
      message:
        `Docker ignores the ports of "${service.key}": macvlan and ipvlan networks (${names}) publish none. ` +
        "Clients reach the container at its own address, on the ports that it listens on.",
      unnecessary: own,
      ...(own ? {} : { related: [{ place: ports, message: "The ports come from here." }] }),
      fixes: (context) => (own ? removal(service, ports, context) : []),
    });
  },
};

/** Where a service's ports are written, if it has any. */
function portsOf({ service }: ServiceView): Place | undefined {
  return service.ports.length > 0 ? service.portsPlace : undefined;
}

function isOnlyOnLan({ service, attachments }: ServiceView): boolean {
  return (
    service.networkMode === undefined &&
    service.networksKnown &&
    attachments.length > 0 &&
    attachments.length === service.networks.length &&
    attachments.every(({ network }) => network.onLan)
  );
}

function removal(
  service: ServiceDeclaration,
  ports: Place,
  { project, services }: RuleContext,
): readonly Fix[] {
  const working = workingPorts(services);
  if ([{ place: ports }, ...service.ports].some(({ place }) => working.has(keyOf(place))))
    return [];
  const text = project.textOf(ports.path);
  const edit = text === undefined ? undefined : removeEntry(text, ports);
  return edit ? [{ title: "Remove ports", preferred: true, safe: true, edits: [edit] }] : [];
}

/** Ports of services that need them: they may be the lines of others, by an alias or a merge. */
const workingPorts = remembering(
  (services: readonly ServiceView[]): ReadonlySet<string> =>
    new Set(
      services.flatMap((view) => {
        const place = isOnlyOnLan(view) ? undefined : portsOf(view);
        return place ? [{ place }, ...view.service.ports].map((port) => keyOf(port.place)) : [];
      }),
    ),
);

function keyOf({ path, from }: Place): string {
  return `${path}:${from}`;
}

function contains(outer: Place, inner: Place): boolean {
  return outer.path === inner.path && outer.from <= inner.from && inner.to <= outer.to;
}
