/** Lays a case out over several files: an override, a file that is included, services that extend others. */
import { stringify } from "yaml";
import { joined } from "./caseFiles";
import { type CaseModel, type NetworkModel, type ServiceModel, completeService } from "./caseModel";
import { chance } from "./sketch";
import type { Random } from "../../unit/support/random";

/** What one file says. */
interface Part {
  services?: Record<string, ServiceModel>;
  networks?: Record<string, NetworkModel | null>;
  include?: string[];
}

type Spread = (random: Random, main: Part, files: Map<string, Part>) => void;

/** Says a part of each service and network in the override only, and some of it in both. */
const override: Spread = (random, main, files) => {
  const other: Part = {};
  for (const [key, service] of Object.entries(main.services ?? {})) {
    const taken = take(random, service);
    if (Object.keys(taken).length > 0) (other.services ??= {})[key] = taken;
  }
  for (const [key, network] of Object.entries(main.networks ?? {})) {
    if (!network || !chance(random, 60)) continue;
    const taken = take(random, network);
    if (Object.keys(taken).length > 0) (other.networks ??= {})[key] = taken;
  }
  files.set("compose.override.yaml", other);
};

/** Moves some entries away from `from`; a few of them stand in both then. */
function take<T extends object>(random: Random, from: T): Partial<T> {
  const taken: Partial<T> = {};
  for (const key of Object.keys(from) as (keyof T & string)[]) {
    if (!chance(random, 35)) continue;
    taken[key] = structuredClone(from[key]);
    if (!chance(random, 30)) Reflect.deleteProperty(from, key);
  }
  return taken;
}

/** Moves networks, and perhaps a service, to a file that is included. */
const include: Spread = (random, main, files) => {
  const other: Part = {};
  const networks = main.networks ?? {};
  for (const key of Object.keys(networks)) {
    if (!chance(random, 60)) continue;
    (other.networks ??= {})[key] = networks[key] ?? null;
    Reflect.deleteProperty(networks, key);
  }
  const services = main.services ?? {};
  const [moved] = Object.keys(services);
  if (moved !== undefined && Object.keys(services).length > 1 && chance(random, 40)) {
    other.services = { [moved]: services[moved] ?? {} };
    Reflect.deleteProperty(services, moved);
    // An included file has to stand alone.
    for (const key of Object.keys(other.services[moved]?.networks ?? {})) {
      const known = networks[key];
      if (key in networks && chance(random, 85)) (other.networks ??= {})[key] = known ?? null;
    }
  }
  files.set("more.yaml", other);
  main.include = ["more.yaml"];
};

/** A service becomes one that extends another, of the same file or of `base.yaml`. */
const extended: Spread = (random, main, files) => {
  const services = main.services ?? {};
  const keys = Object.keys(services);
  const key = random.pick(keys);
  const service = services[key];
  if (!service) return;
  const base = take(random, service);
  services[key] = completeService(service);
  if (chance(random, 60)) {
    const other: Part = { services: { base: completeService(base) } };
    files.set("base.yaml", other);
    services[key] = { ...service, extends: { file: "base.yaml", service: "base" } };
    return;
  }
  const other = keys.find((each) => each !== key);
  if (other !== undefined) services[key] = { ...service, extends: { service: other } };
};

/** The case's text, over several files. */
export function spreadText(random: Random, model: CaseModel): string {
  const main: Part = structuredClone(model);
  main.services = Object.fromEntries(
    Object.entries(model.services).map(([key, service]) => [
      key,
      completeService(structuredClone(service)),
    ]),
  );
  const files = new Map<string, Part>([["compose.yaml", main]]);
  random.pick([override, override, include, extended])(random, main, files);
  const texts = [...files].map(([name, part]): [string, string] => [name, yamlOf(part)]);
  return joined(new Map(texts));
}

function yamlOf(part: Part): string {
  const written = Object.entries(part).filter(
    ([, value]) => Object.keys(value as object).length > 0,
  );
  return stringify(Object.fromEntries(written), { aliasDuplicateObjects: false, lineWidth: 0 });
}
