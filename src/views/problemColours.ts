/** Rows with a problem are coloured and carry a mark, so that they are found in a long tree. */
import * as vscode from "vscode";
import { documentScheme } from "../ids";
import type { TreeNode } from "./nodes";

const authority = "problem";

/** Says how bad it is, in a form that the decorations below read. */
export function problemUri({ id, problems }: TreeNode): vscode.Uri {
  const level = problems.some((problem) => problem.level === "warning") ? "warning" : "information";
  const { length } = problems;
  return vscode.Uri.from({
    scheme: documentScheme,
    authority,
    path: `/${encodeURIComponent(id)}`,
    query: `${level}=${length}`,
  });
}

export function registerProblemColours(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== documentScheme || uri.authority !== authority) return undefined;
      const [level, count = "1"] = uri.query.split("=");
      const tooltip = count === "1" ? "1 problem" : `${count} problems`;
      return level === "warning"
        ? new vscode.FileDecoration(
            Number(count) < 10 ? count : "9+",
            tooltip,
            new vscode.ThemeColor("list.warningForeground"),
          )
        : new vscode.FileDecoration("i", tooltip);
    },
  });
}
