/** Makes a compose file of the project's pages and fixtures one that the lab's engine can run. */
import {
  type Document,
  type YAMLMap,
  isMap,
  isPair,
  isScalar,
  parseAllDocuments,
  visit,
} from "yaml";
import type { Facts } from "../../../src/model/facts";

/** Interfaces that a lab has for parents: `lan0` to `lan9`. */
export const labParents = 10;

/** A text for the lab, or why there is none. */
export type LaidOut = { readonly text: string } | { readonly why: string };

/**
 * Each service runs the image that the lab has, and parents are the lab's: those that `facts` know, all
 * where they know none. What is no YAML stays as it is: it never gets as far as the engine.
 */
export function laidOutForLab(text: string, facts: Facts): LaidOut {
  if (/\$(?:\{|\w)/.test(text.replaceAll("$$", ""))) return { why: "it depends on a variable" };
  if (/^include:/m.test(text) || /^\s+(?:file|path): /m.test(text)) {
    return { why: "it needs another file" };
  }
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0))
    return { text };
  const parents = new Map<string, string>();
  for (const document of documents as Document[]) {
    for (const service of servicesOf(document)) setImage(document, service);
    if (!renameParents(document, parents, facts))
      return { why: "its parent is a VLAN, which the lab's kernel lacks" };
  }
  if (parents.size > labParents) return { why: `it has more than ${labParents} parents` };
  return { text: documents.map((document) => document.toString({ lineWidth: 0 })).join("") };
}

function servicesOf(document: Document): YAMLMap[] {
  const services: unknown = document.get("services");
  if (!isMap(services)) return [];
  return services.items.flatMap(({ value }) => (isMap(value) ? [value] : []));
}

function setImage(document: Document, service: YAMLMap): void {
  for (const key of ["build", "depends_on", "privileged", "restart", "pull_policy"])
    service.delete(key);
  service.set("image", document.createNode("busybox"));
  service.set("command", document.createNode("sleep 900"));
}

/** False where the engine would have to make a VLAN's interface. */
function renameParents(document: Document, names: Map<string, string>, facts: Facts): boolean {
  const known = facts.interfaces && new Set(facts.interfaces.map(({ name }) => name));
  let possible = true;
  visit(document, {
    Pair(_, pair, path) {
      // Also behind a mistyped key: a fix may turn it into `parent`.
      const [above] = path.slice(-2);
      const option = isPair(above) && isScalar(above.key) && above.key.value === "driver_opts";
      if (!option || !isPair(pair)) return;
      const value = pair.value;
      if (!isScalar(value) || typeof value.value !== "string") return;
      const name = value.value;
      if (known ? !known.has(name) : !/^(?:eth|en[ops]|bond|wl|br\d|lan|vmbr)\w*$/.test(name)) {
        if (/^\w+\.\d+$/.test(name)) possible = false;
        return;
      }
      names.set(name, names.get(name) ?? `lan${names.size}`);
      value.value = names.get(name);
    },
  });
  return possible;
}

/** The text with one of its services only; those of a text that has fewer than two: none. */
export function serviceByService(text: string): string[] {
  const documents = parseAllDocuments(text);
  const [document] = documents as Document[];
  if (documents.length !== 1 || !document || document.errors.length > 0) return [];
  const services: unknown = document.get("services");
  if (!isMap(services) || services.items.length < 2) return [];
  const keys = services.items.map(({ key }) => (isScalar(key) ? key.value : key));
  return keys.flatMap((kept) => {
    const [copy] = parseAllDocuments(text) as Document[];
    for (const key of keys) if (key !== kept) copy?.deleteIn(["services", key]);
    return copy ? [copy.toString({ lineWidth: 0 })] : [];
  });
}
