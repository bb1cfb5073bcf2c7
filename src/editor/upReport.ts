/** The text of "Check Before Up": what `docker compose up` would do to the project's networks. PURE. */
import type { RuleContext, NetworkView } from "../rules/context";
import type { Difference } from "../rules/live/differences";
import { type NetworkFate, networkFate } from "../rules/live/networkFate";
import type { Finding } from "../rules/rule";

/** A finding with where it stands: line and column from 1. */
export interface Located {
  readonly finding: Finding;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Markdown; what comes from files and the engine stands in code, where nothing of it is Markdown. */
export function upReport(context: RuleContext, located: readonly Located[]): string {
  const { projectName, engineVersion, facts } = context;
  const errors = located.filter(({ finding }) => finding.severity === "error");
  const hurting = located.filter(({ finding }) => finding.severity === "warning");
  const known = facts.networks !== undefined;
  return [
    `# docker compose up of ${code(projectName ?? "a project whose name is not known")}`,
    "",
    verdict(errors.length, hurting.length, known ? `Docker ${engineVersion}` : undefined),
    "",
    "## Networks",
    "",
    ...networkRows(context),
    ...section("What is refused", errors),
    ...section("What is accepted and will hurt", hurting),
    "",
  ].join("\n");
}

function verdict(errors: number, warnings: number, engine: string | undefined): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const basis = engine
    ? `Compared with what ${engine} has now.`
    : "No engine is connected, so only the files were checked.";
  if (errors > 0) return `**It is refused: ${count(errors, "error")}.** ${basis}`;
  const but = warnings > 0 ? `, with ${count(warnings, "warning")}` : "";
  return `**Nothing stands in its way${but}.** ${basis}`;
}

function networkRows(context: RuleContext): string[] {
  if (context.networks.length === 0) return ["No service has a network."];
  return [
    "| network | in the engine | what happens |",
    "|---|---|---|",
    ...context.networks.map((network) => {
      const fate = networkFate(context.use(network), context);
      const { key, realName } = network;
      return `| ${code(key)} | ${realName === undefined ? "" : code(realName)} | ${whatHappens(network, fate)} |`;
    }),
  ];
}

function whatHappens({ external }: NetworkView, fate: NetworkFate): string {
  switch (fate.kind) {
    case "unused":
      return "Nothing: no service that starts is on it.";
    case "unknown":
      return "Not known: it depends on a variable, or no engine is connected.";
    case "create":
      return "It is made.";
    case "missing":
      return "**Refused**: it is external, and the engine does not have it.";
    case "taken":
      return "**Refused**: the engine has a network of this name that Compose did not make for this key.";
    case "keep":
      return fate.differences.length > 0
        ? `It is used as it is, whatever the file says: ${differencesText(fate.differences)}.`
        : external
          ? "It is used."
          : "It is used: nothing has changed.";
    case "recreate": {
      const from = fate.differences.length > 0 ? ` (${differencesText(fate.differences)})` : "";
      if (fate.blockers.length > 0) {
        return `**Refused**: it would be made anew${from}, but ${names(fate.blockers)} on it would not be stopped.`;
      }
      const stops = fate.stopped.length > 0 ? ` ${names(fate.stopped)} stop for it.` : "";
      return `It is removed and made anew${from}.${stops}`;
    }
  }
}

function differencesText(differences: readonly Difference[]): string {
  return differences
    .map(
      ({ setting, engine, file }) =>
        `${setting} ${code(engine ?? "none")} becomes ${code(file ?? "none")}`,
    )
    .join(", ");
}

function names(containers: readonly { readonly name: string }[]): string {
  return containers.map(({ name }) => code(name)).join(", ");
}

function section(title: string, located: readonly Located[]): string[] {
  if (located.length === 0) return [];
  return [
    "",
    `## ${title}`,
    "",
    ...located.map(
      ({ finding, path, line, column }) =>
        `- ${code(`${path}:${line}:${column}`)} ${finding.rule}  \n  ${quoted(finding)}`,
    ),
  ];
}

/** The message as code, line by line: it names what files and engines say. */
function quoted(finding: Finding): string {
  return code(finding.message.replaceAll(/\s*\n\s*/g, " "));
}

/** A code span whatever the text holds: a fence longer than any in it; no line breaks, no table cells. */
function code(text: string): string {
  const flat = text.replaceAll(/[\r\n|]/g, (c) => (c === "|" ? "¦" : " "));
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || flat === "" ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}
