/** Whether anybody would start two projects at the same time, on one host. */
import type { Severity } from "../rule";
import type { ProjectClaims } from "./claims";
import type { PathTraits, Whereabouts } from "./whereabouts";

/** What the index knows of a project besides its claims. */
export interface Side {
  readonly where: Whereabouts;
  readonly traits: PathTraits;
  readonly claims: Pick<ProjectClaims, "name" | "files">;
  readonly services: ReadonlySet<string>;
}

export interface Relation {
  /** False when somebody said that they are for different hosts. */
  readonly oneHost: boolean;
  /** The most that a clash between them is worth; undefined: nothing at all. */
  readonly level: Extract<Severity, "warning" | "information"> | undefined;
}

/**
 * Two projects that look like variants of one (the same name or folder, copies, the same services)
 * are hardly ever up together; archives, templates and examples never are.
 */
export function relationOf(a: Side, b: Side): Relation {
  const oneHost = a.where.host === b.where.host;
  const relation = (level: Relation["level"]): Relation => ({ oneHost, level });
  if (a.traits.aside || b.traits.aside || isPart(a, b) || isPart(b, a)) return relation(undefined);
  const shared = sharedServices(a.services, b.services);
  const sameName = a.claims.name !== undefined && a.claims.name === b.claims.name;
  if (oneHost && (sameName || a.traits.folder === b.traits.folder)) {
    // One project with another file, or two stacks that nobody gave a name.
    return relation(shared > 0 ? undefined : "information");
  }
  if (shared > 0 && isCopy(a, b)) return relation(undefined);
  if (!oneHost) return relation("warning");
  return relation(isKin(a, b, shared) ? "information" : "warning");
}

/** Whether the first project is read as a part of the other, by `include` or `extends`. */
function isPart({ claims }: Side, other: Side): boolean {
  const [main] = claims.files;
  return main !== undefined && other.claims.files.includes(main);
}

/** The same file of two checkouts, or of two roots. */
function isCopy(a: Side, b: Side): boolean {
  const sameCheckout =
    a.where.root === b.where.root && (a.where.checkout ?? "") === (b.where.checkout ?? "");
  return !sameCheckout && a.traits.inCheckout === b.traits.inCheckout;
}

/** For different hosts or environments by their paths, numbered, or half of the services the same. */
function isKin(a: Side, b: Side, shared: number): boolean {
  if (a.where.host === undefined) {
    const [one, two] = [a.traits.setting, b.traits.setting];
    if (one !== "" && two !== "" && one !== two) return true;
  }
  if (a.traits.plain === b.traits.plain && shared > 0) return true;
  return shared > 0 && shared * 2 >= Math.min(a.services.size, b.services.size);
}

function sharedServices(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let count = 0;
  for (const key of few) if (many.has(key)) count++;
  return count;
}
