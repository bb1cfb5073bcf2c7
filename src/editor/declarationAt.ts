/** Finds the network or service of a project that an offset of its file points at. PURE. */
import type { Place } from "../compose/place";
import type { ComposeProject } from "../compose/project";

/** What of a project is meant, as the engine names it. */
export interface Declared {
  /** Undefined when it depends on an unknown variable. */
  readonly project: string | undefined;
  /** The network's name in the engine. */
  readonly network?: string;
  readonly service?: string;
}

/** Undefined where neither stands. In a service's list of networks both are meant. */
export function declarationAt(
  project: ComposeProject,
  path: string,
  offset: number,
): Declared | undefined {
  const hits = (place: Place) => place.path === path && place.from <= offset && offset <= place.to;
  const { name } = project;
  for (const { realName, keyPlace, place } of project.networks) {
    if (hits(keyPlace) || hits(place)) {
      return { project: name, ...(realName !== undefined && { network: realName }) };
    }
  }
  for (const service of project.services) {
    if (!hits(service.keyPlace) && !hits(service.place)) continue;
    const tie = service.networks.find((one) => hits(one.place));
    const network = project.networks.find(({ key }) => key === tie?.key)?.realName;
    return { project: name, service: service.key, ...(network !== undefined && { network }) };
  }
  return undefined;
}
