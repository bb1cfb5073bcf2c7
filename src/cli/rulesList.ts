/** `macvlan-check rules`. */
import { ruleDocPath, rules } from "../rules/index";

export function rulesAsJson(): string {
  const list = rules.map(({ id, severity, summary, hasFix }) => ({
    id,
    severity,
    summary,
    doc: ruleDocPath(id),
    hasFix,
  }));
  return `${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`;
}

export function rulesAsText(): string {
  const idWidth = Math.max(0, ...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, summary, hasFix }) => {
      const fix = hasFix ? "fix" : "   ";
      return `${id.padEnd(idWidth)}  ${severity.padEnd(11)}  ${fix}  ${summary}\n`;
    })
    .join("");
}
