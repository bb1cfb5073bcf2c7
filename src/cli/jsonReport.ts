/** `check --format json`, version 1: other programs read it, so keys are only ever added. */
import { withLineEnds } from "../compose/edits";
import { fullMessage } from "../rules/message";
import type { Finding } from "../rules/rule";
import type { CheckResult } from "./check";
import { Places } from "./whereabouts";

export function jsonReport({ engine, findings, texts }: CheckResult): string {
  const places = new Places(texts);
  const findingJson = (finding: Finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    message: fullMessage(finding, engine),
    ...places.at(finding.place),
    related: (finding.related ?? []).map(({ place, message }) => ({
      ...places.at(place),
      message,
    })),
    fixes: (finding.fixes?.() ?? []).map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map((edit) => ({
        ...places.at(edit),
        newText: withLineEnds(edit.newText, places.textOf(edit.path)),
      })),
    })),
  });
  const report = { version: 1, engine, findings: findings.map(findingJson) };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
