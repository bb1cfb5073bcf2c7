/** `macvlan-check check --fix`. */
import { applyFixes, preferredFix } from "../rules/applyFixes";
import { rules } from "../rules/index";
import type { CheckedProjects } from "./checkedProjects";
import type { TextFiles } from "./files";

/** Rounds over all projects: a fix in one may bring a finding into another. */
const maxRounds = 10;

/**
 * Applies the preferred fixes until nothing changes, then writes the files that changed. Gives the
 * number of fixes. Throws a `CliError` where a file cannot be written.
 */
export function fixAll(projects: CheckedProjects, files: TextFiles): number {
  const written = new Map<string, string>();
  let applied = 0;
  for (let round = 0; round < maxRounds; round++) {
    const before = applied;
    for (const id of projects.ids) {
      const result = applyFixes({
        target: projects.loader(id).copy(),
        rules,
        facts: projects.facts,
        run: projects.run(id),
        choose: preferredFix,
        more: (project) => projects.between(id, project),
      });
      applied += result.applied;
      for (const [path, { text }] of result.files) {
        projects.replace(path, text);
        written.set(path, text);
      }
    }
    if (applied === before) break;
  }
  for (const [path, text] of written) if (files.read(path) !== text) files.write(path, text);
  return applied;
}
