/** What Compose says of files that say nothing, and of a project without a name. */
import type { ReadProblem } from "./project";
import type { ProjectSetup } from "./setup";
import type { SourceFile } from "./sourceFile";

/** `name`: the project's; empty where nothing is left of what was written. */
export function emptinessProblems(
  sources: readonly SourceFile[],
  name: string | undefined,
  setup: ProjectSetup,
): ReadProblem[] {
  const [main] = sources;
  if (!main || sources.length < setup.files.length) return [];
  const place = { path: main.path, from: 0, to: 0 };
  if (sources.every(isEmpty)) {
    const message = "There is nothing in this file yet: Compose refuses it.";
    return [{ code: "files", message, composeMessage: "empty compose file", place }];
  }
  if (name !== "") return [];
  const message =
    "Neither the name of the folder nor name: leaves a letter or a digit for the project's name: Compose refuses it.";
  return [{ code: "files", message, composeMessage: "project name must not be empty", place }];
}

/** The old `version` counts for nothing. */
function isEmpty({ outline }: SourceFile): boolean {
  const documents = outline?.documents ?? [];
  return documents.every(
    ({ parts, sections, notMapping }) =>
      !notMapping &&
      sections.length === 0 &&
      parts.every(({ section, pair }) => section === "" && pair.key === "version"),
  );
}
