/** Adding a line to a block mapping. */
import type { TextEdit } from "./place";
import type { Body, ComposeProject } from "./project";

/** The edit that adds `line`, without its indentation, as the last one of the mapping. */
export function addLine(project: ComposeProject, body: Body, line: string): TextEdit {
  const eol = project.textOf(body.path)?.includes("\r\n") === true ? "\r\n" : "\n";
  const newText = `${eol}${" ".repeat(body.indent)}${line}`;
  return { path: body.path, from: body.end, to: body.end, newText };
}
