/** Documents and files by path: the readable text of their URI, as places of findings have it. */
import * as vscode from "vscode";

export function pathOf(uri: vscode.Uri): string {
  return uri.toString(true);
}

/** The inverse: only `#` and `?` are written otherwise in the readable text. */
export function uriOf(path: string): vscode.Uri {
  const [, scheme = "file", authority = "", rest = path] =
    /^([A-Za-z][\w+.-]*):(?:\/\/([^/]*))?(.*)$/.exec(path) ?? [];
  const decoded = rest.replace(/%23/g, "#").replace(/%3F/gi, "?");
  return vscode.Uri.from({ scheme, authority, path: decoded });
}
