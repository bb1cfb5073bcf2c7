/** The number at the view's icon, and the words that say what it counts. PURE. */
import type { TreeNode } from "./nodes";
import type { Problem } from "./problem";
import { shown } from "./text";

export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

export interface ProblemOfRow {
  readonly node: TreeNode;
  readonly problem: Problem;
}

/** How many of them the tooltip names. */
const named = 5;

/** Counts problems and notes together and tells them apart in words; undefined without any. */
export function badgeOf(found: readonly ProblemOfRow[]): Badge | undefined {
  if (found.length === 0) return undefined;
  const problems = found.filter(({ problem }) => problem.level === "warning");
  const notes = found.filter(({ problem }) => problem.level === "information");
  const counts = [counted(problems.length, "problem"), counted(notes.length, "note")];
  const lines = [...problems, ...notes].map(({ node, problem }) =>
    shown(`${node.label}: ${problem.text}`),
  );
  const more = lines.length - named;
  return {
    value: found.length,
    tooltip: [
      counts.filter((text) => text !== "").join(" and "),
      ...lines.slice(0, named),
      ...(more > 0 ? [`${more} more in the tree.`] : []),
    ].join("\n"),
  };
}

function counted(count: number, what: string): string {
  if (count === 0) return "";
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
