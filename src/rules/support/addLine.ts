import type { TextEdit } from "../../compose/place";
import type { Body, ComposeProject } from "../../compose/project";

/** The edit that adds a line to a block mapping, with the file's own line break. */
export function addLine(project: ComposeProject, body: Body, line: string): TextEdit {
  const { path, end, indent } = body;
  const lineBreak = project.textOf(path)?.includes("\r\n") ? "\r\n" : "\n";
  return { path, from: end, to: end, newText: `${lineBreak}${" ".repeat(indent)}${line}` };
}
