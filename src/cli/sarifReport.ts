/**
 * `check --format sarif`: the Static Analysis Results Interchange Format 2.1.0, which code hosts show
 * beside the changed lines (https://docs.oasis-open.org/sarif/sarif/v2.1.0/).
 */
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { withLineEnds } from "../compose/edits";
import { ruleDocPath, rules } from "../rules/index";
import { fullMessage } from "../rules/message";
import type { Finding, Fix, Rule, Severity } from "../rules/rule";
import type { CheckResult } from "./check";
import { Places, type Whereabouts } from "./whereabouts";

const schema =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** The folder that relative paths start from: where the command ran. */
const base = "%SRCROOT%";

const levels: Record<Severity, "error" | "warning" | "note"> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

export function sarifReport({ engine, findings, texts }: CheckResult, version: string): string {
  const places = new Places(texts);
  const run = {
    tool: { driver: { name: "macvlan-check", version, rules: rules.map(ruleJson) } },
    invocations: [{ executionSuccessful: true }],
    originalUriBaseIds: { [base]: { uri: pathToFileURL(`${process.cwd()}/`).href } },
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => resultJson(finding, engine, places)),
    properties: { engine },
  };
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, undefined, 2)}\n`;
}

function ruleJson({ id, severity, summary }: Rule) {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: `What it means and how to mend it: ${ruleDocPath(id)} of macvlan-check.` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["docker", "network"] },
  };
}

function resultJson(finding: Finding, engine: string, places: Places) {
  const related = finding.related ?? [];
  const fixes = finding.fixes?.() ?? [];
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
    level: levels[finding.severity],
    message: { text: fullMessage(finding, engine) },
    locations: [{ physicalLocation: physicalLocation(places.at(finding.place)) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map(({ place, message }, id) => ({
            id,
            physicalLocation: physicalLocation(places.at(place)),
            message: { text: message },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => fixJson(fix, places)) }),
    properties: { severity: finding.severity },
  };
}

function fixJson({ title, edits }: Fix, places: Places) {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifactLocation(places.at({ path, from: 0, to: 0 }).path),
      replacements: edits
        .filter((edit) => edit.path === path)
        .map((edit) => ({
          deletedRegion: regionJson(places.at(edit)),
          insertedContent: { text: withLineEnds(edit.newText, places.textOf(path)) },
        })),
    })),
  };
}

function physicalLocation(where: Whereabouts) {
  return { artifactLocation: artifactLocation(where.path), region: regionJson(where) };
}

function artifactLocation(path: string) {
  if (isAbsolute(path)) return { uri: pathToFileURL(path).href };
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: base };
}

function regionJson({ start, end }: Whereabouts) {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
