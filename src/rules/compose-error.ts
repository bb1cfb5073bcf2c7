import type { Rule } from "./rule";

/** Problems that are listed: as many as VS Code shows of one file. What repeats tens of thousands of times helps nobody. */
const most = 1000;

export const composeError: Rule = {
  id: "compose-error",
  severity: "error",
  summary: "Compose cannot read the file.",
  hasFix: false,
  check({ project: { problems } }, report) {
    for (const { code, message, composeMessage, place, related } of problems.slice(0, most)) {
      report({
        place,
        message,
        engineMessage: composeMessage,
        ...(related ? { related } : {}),
        // A limit is ours, not Compose's: the file may be fine.
        ...(code === "limit" ? { severity: "information" } : {}),
      });
    }
    const next = problems[most];
    if (!next) return;
    const count = problems.length - most;
    report({
      place: next.place,
      message: `Compose refuses ${count} more places, from here on; they are not listed.`,
    });
  },
};
