/** The whole analysis of one hostile project: its files read, all rules run. */
import { ProjectLoader } from "../../src/compose/projectLoader";
import { rules } from "../../src/rules/index";
import { runRules } from "../../src/rules/run";
import type { Hostile } from "./texts";

/** Undefined when all is well: otherwise what is not. */
export function analyse({ files, says }: Hostile): string | undefined {
  const texts = new Map(Object.entries(files));
  const loader = new ProjectLoader(
    { read: (path) => texts.get(path) ?? null },
    { folder: "/srv/demo", environment: new Map() },
  );
  const findings = runRules(rules, loader.project(), {});
  for (const { place } of findings) {
    const length = texts.get(place.path)?.length ?? Number.POSITIVE_INFINITY;
    if (!(place.from >= 0 && place.from <= place.to && place.to <= length)) {
      return `a finding at ${place.from} to ${place.to} of ${place.path}`;
    }
  }
  if (says && !findings.some(({ message }) => says.test(message))) {
    const messages = findings.slice(0, 3).map(({ message }) => message.slice(0, 80));
    return `no finding says ${String(says)}: ${messages.join(" | ") || "none at all"}`;
  }
  return undefined;
}
