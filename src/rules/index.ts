/** Every rule, in the order of the documentation. Adding one: file, entry here, doc page, fixture. */
import type { Rule } from "./rule";

export const rules: readonly Rule[] = [];

/** Page of a rule in the documentation of this release. */
export function ruleDocPath(id: string): string {
  return `docs/rules/${id}.md`;
}
