import type { Rule } from "./rule";

export const composeError: Rule = {
  id: "compose-error",
  severity: "error",
  summary: "Compose cannot read the file.",
  hasFix: false,
  check({ project }, report) {
    for (const { code, message, place } of project.problems) {
      // A limit is ours, not Compose's: the file may be fine.
      report(code === "limit" ? { place, message, severity: "information" } : { place, message });
    }
  },
};
