import type { Rule } from "./rule";

export const composeError: Rule = {
  id: "compose-error",
  severity: "error",
  summary: "Compose cannot read the file.",
  hasFix: false,
  check({ project }, report) {
    for (const { code, message, composeMessage, place, related } of project.problems) {
      report({
        place,
        message,
        engineMessage: composeMessage,
        ...(related ? { related } : {}),
        // A limit is ours, not Compose's: the file may be fine.
        ...(code === "limit" ? { severity: "information" } : {}),
      });
    }
  },
};
