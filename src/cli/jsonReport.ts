/** `check --format json`, version 1: other programs read it, so keys are only ever added. */
import { withLineEnds } from "../compose/edits";
import type { Place, TextEdit } from "../compose/place";
import { fullMessage } from "../rules/message";
import type { Finding } from "../rules/rule";
import type { CheckResult } from "./check";
import { LineMap } from "./lineMap";

export function jsonReport(result: CheckResult): string {
  const files = new Map(result.files.map(({ file }) => [file.path, file]));
  const maps = new Map<string, LineMap>();
  const where = ({ path, from, to }: Place | TextEdit) => {
    const file = files.get(path);
    const map = maps.get(path) ?? new LineMap(file?.text ?? "");
    maps.set(path, map);
    return { path: file?.shown ?? path, start: map.at(from), end: map.at(to) };
  };
  const findingJson = (finding: Finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    message: fullMessage(finding, result.engine),
    ...where(finding.place),
    related: (finding.related ?? []).map(({ place, message }) => ({ ...where(place), message })),
    fixes: (finding.fixes?.() ?? []).map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map((edit) => ({
        ...where(edit),
        newText: withLineEnds(edit.newText, files.get(edit.path)?.text ?? ""),
      })),
    })),
  });
  const findings = result.files.flatMap((file) => file.findings.map(findingJson));
  return `${JSON.stringify({ version: 1, engine: result.engine, findings }, undefined, 2)}\n`;
}
