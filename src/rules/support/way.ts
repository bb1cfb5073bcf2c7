/** How what a finding is about came to where it counts: aliases, merge keys, extends, include, overrides. */
import { type Place, RegionPlace } from "../../compose/place";
import type { ComposeProject, NetworkDeclaration, ServiceDeclaration } from "../../compose/project";
import { Value } from "../../compose/value";
import type { Related } from "../rule";

type Declaration = ServiceDeclaration | NetworkDeclaration;
type Ways = ReadonlyMap<Place, readonly Place[]>;

const known = new WeakMap<Declaration, Ways>();
const none: Ways = new Map();
/** The declarations that have any. */
const indexes = new WeakMap<ComposeProject, readonly Declaration[]>();
/** Steps that are shown: a chain of thousands tells nobody more. */
const longest = 8;
/** Lists and objects around the values of a declaration. */
const deepest = 4;

/**
 * The steps from the use to the place, outermost first. `origin`: the whole of the service or network
 * that was looked at, where it was one.
 */
export function wayTo(place: Place, origin: Place | undefined, project: ComposeProject): Related[] {
  const related: Related[] = [];
  const add = (step: Place, message: string) => {
    if (related.length >= longest || isSame(step, place)) return;
    if (!related.some((other) => isSame(other.place, step))) related.push({ place: step, message });
  };
  const found = stepsOf(place, origin, project);
  for (const step of found?.way ?? []) {
    const alias = project.textOf(step.path)?.[step.from] === "*";
    add(step, alias ? "An alias brings it in here." : "It is extended here.");
  }
  for (let path = place.path, i = 0; i < longest; i++) {
    const step = project.wayTo(path);
    if (!step) break;
    add(step, project.included.has(path) ? "The file is included here." : "It is extended here.");
    path = step.path;
  }
  const { declaration } = found ?? {};
  if (declaration && related.length === 0 && declaration.keyPlace.path !== place.path) {
    add(
      declaration.keyPlace,
      `"${declaration.key}" is declared here, and the other file put onto it.`,
    );
  }
  return related;
}

function stepsOf(place: Place, origin: Place | undefined, project: ComposeProject) {
  let index = indexes.get(project);
  if (!index) {
    index = [...project.networks, ...project.services].filter((one) => waysOf(one) !== none);
    indexes.set(project, index);
  }
  const own = index.find((declaration) => declaration.place === origin);
  for (const declaration of own ? [own, ...index] : index) {
    const way = waysOf(declaration).get(place);
    if (way) return { declaration, way };
  }
  return undefined;
}

/** The ways of the values of a declaration that do not simply stand in it, by their places. */
function waysOf(declaration: Declaration): Ways {
  let ways = known.get(declaration);
  if (!ways) {
    const found = new Map<Place, readonly Place[]>();
    const { path } = declaration.keyPlace;
    eachValue(declaration, 0, ({ place, through }) => {
      if (through.length > 0 || place.path !== path) found.set(place, through);
    });
    known.set(declaration, (ways = found.size === 0 ? none : found));
  }
  return ways;
}

/** Every value in a declaration. It is asked of all of a project for its first finding. */
function eachValue(item: unknown, depth: number, visit: (value: Value) => void): void {
  if (item instanceof Value) visit(item);
  if (typeof item !== "object" || item === null || depth === deepest || isLeaf(item)) return;
  if (Array.isArray(item)) {
    item.forEach((one) => {
      eachValue(one, depth + 1, visit);
    });
  } else {
    for (const key in item) eachValue(item[key as keyof typeof item], depth + 1, visit);
  }
}

function isLeaf(item: object): boolean {
  return item instanceof Value || item instanceof RegionPlace;
}

function isSame(a: Place, b: Place): boolean {
  return a === b || (a.path === b.path && a.from === b.from && a.to === b.to);
}
