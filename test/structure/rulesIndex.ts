/** The index of docs/rules, which is made from the registry. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../../src/rules/rule";

export const rulesFolder = join(import.meta.dirname, "../../docs/rules");
export const indexFile = join(rulesFolder, "README.md");
const begin = "<!-- rules: made by `npm run rules:index` -->";
const end = "<!-- end of rules -->";

export function indexTable(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, severity, hasFix, summary }) =>
      `| [${id}](${id}.md) | ${severity} | ${hasFix ? "yes" : ""} | ${summary} |`,
  );
  return ["| rule | severity | fix | what it finds |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}

/** The index page with the table of these rules. */
export function indexPage(rules: readonly Rule[]): string {
  const page = readFileSync(indexFile, "utf8").replaceAll("\r\n", "\n");
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${indexFile} has lost its marks`);
  return `${page.slice(0, from + begin.length)}\n\n${indexTable(rules)}\n\n${page.slice(to)}`;
}
