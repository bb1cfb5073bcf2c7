/** `check` for people: one line for each finding, the engine's words and other places below it. */
import type { Place } from "../compose/place";
import { speakerOf } from "../rules/message";
import type { Severity } from "../rules/rule";
import { severities } from "./arguments";
import type { CheckResult } from "./check";
import { Places } from "./whereabouts";

/** SGR codes: https://www.man7.org/linux/man-pages/man4/console_codes.4.html */
const colours: Record<Severity | "dim", number> = {
  error: 31,
  warning: 33,
  information: 36,
  hint: 36,
  dim: 2,
};

export function textReport(result: CheckResult, coloured: boolean): string {
  const paint = (colour: Severity | "dim", text: string) =>
    coloured ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;
  const places = new Places(result.texts);
  const at = (place: Place) => {
    const { path, start } = places.at(place);
    return `${path}:${start.line}:${start.column}`;
  };
  const lines: string[] = [];
  for (const finding of result.findings) {
    const level = paint(finding.severity, finding.severity);
    const message = oneLine(finding.message);
    lines.push(`${at(finding.place)}  ${level}  ${message}  ${paint("dim", `[${finding.rule}]`)}`);
    if (finding.engineMessage !== undefined) {
      lines.push(
        `    ${speakerOf(finding, result.engine)} says: ${oneLine(finding.engineMessage)}`,
      );
    }
    for (const { place, message: other } of finding.related ?? []) {
      lines.push(paint("dim", `    ${at(place)}  ${oneLine(other)}`));
    }
  }
  if (lines.length > 0) lines.push("");
  return [...lines, summary(result), ""].join("\n");
}

function summary({ findings, fixed, texts, engine }: CheckResult): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0
      ? []
      : [severity === "information" ? `${count} information` : number(count, severity)];
  });
  const found = counts.length === 0 ? "No problems" : counts.join(", ");
  const repaired = fixed === 0 ? "" : `Fixed ${number(fixed, "problem")}. `;
  return `${repaired}${found} in ${number(texts.size, "file")}, checked against Engine ${engine}.`;
}

function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The engine's messages have line breaks of their own. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
