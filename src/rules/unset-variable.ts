import type { Rule } from "./rule";

export const unsetVariable: Rule = {
  id: "unset-variable",
  severity: "hint",
  summary: "A variable has neither a value nor a default: Compose puts nothing in its place.",
  hasFix: false,
  check({ project }, report) {
    for (const { name, place } of project.unsetVariables) {
      report({
        place,
        message:
          `"${name}" is set neither in the environment nor in .env, and has no default: Compose puts an empty text in ` +
          "its place. What depends on it is not checked here.",
        engineMessage: `The "${name}" variable is not set. Defaulting to a blank string.`,
        speaker: "Compose",
      });
    }
  },
};
