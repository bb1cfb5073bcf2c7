import type { Place } from "../compose/place";
import type { ServiceDeclaration } from "../compose/project";
import { removeEntry } from "../compose/removeEntry";
import type { RuleContext } from "./context";
import type { Fix, Rule } from "./rule";

export const portsIgnored: Rule = {
  id: "ports-ignored",
  severity: "warning",
  summary: "Ports are published by a service that is only on macvlan or ipvlan networks.",
  hasFix: true,
  check(context, report) {
    const { project } = context;
    // A base that was not read may add a bridge, where ports do work.
    if (project.partial) return;
    const working = new Set<string>();
    const ignored: { service: ServiceDeclaration; ports: Place }[] = [];
    for (const service of project.services) {
      const ports = service.portsPlace;
      if (!ports || service.ports.length === 0) continue;
      if (isOnlyOnLan(service, context)) ignored.push({ service, ports });
      else for (const { place } of [{ place: ports }, ...service.ports]) working.add(keyOf(place));
    }
    for (const { service, ports } of ignored) {
      const names = service.networks.map(({ key }) => `"${key}"`).join(", ");
      const own = contains(service.place, ports);
      report({
        place: own ? ports : service.keyPlace,
        message:
          `Docker ignores the ports of "${service.key}": macvlan and ipvlan networks (${names}) publish none. ` +
          "Clients reach the container at its own address, on the ports that it listens on.",
        unnecessary: own,
        ...(own ? {} : { related: [{ place: ports, message: "The ports come from here." }] }),
        fixes: () => (own ? removal(service, ports, working, context) : []),
      });
    }
  },
};

function isOnlyOnLan(service: ServiceDeclaration, context: RuleContext): boolean {
  return (
    service.networkMode === undefined &&
    service.networksKnown &&
    service.networks.length > 0 &&
    service.networks.every(({ key }) => context.network(key)?.onLan === true)
  );
}

/** `working`: ports of services that need them, which may be these very lines by an alias or a merge. */
function removal(
  service: ServiceDeclaration,
  ports: Place,
  working: ReadonlySet<string>,
  { project }: RuleContext,
): readonly Fix[] {
  if ([{ place: ports }, ...service.ports].some(({ place }) => working.has(keyOf(place))))
    return [];
  const text = project.textOf(ports.path);
  const edit = text === undefined ? undefined : removeEntry(text, ports);
  return edit ? [{ title: "Remove ports", preferred: true, safe: true, edits: [edit] }] : [];
}

function keyOf({ path, from }: Place): string {
  return `${path}:${from}`;
}

function contains(outer: Place, inner: Place): boolean {
  return outer.path === inner.path && outer.from <= inner.from && inner.to <= outer.to;
}
