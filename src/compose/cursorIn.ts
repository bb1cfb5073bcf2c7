/** Where in the structure of a file an offset is, for suggestions. Apart, because the check needs no syntax tree. */
import { type Cursor, cursorAt } from "./cursor";
import type { SourceFile } from "./sourceFile";
import { SyntaxTree } from "./syntax";

export function cursorIn(file: SourceFile | undefined, offset: number): Cursor | undefined {
  return file?.withSyntax(
    () => new SyntaxTree(),
    (syntax, text) => {
      const tree = syntax.tree(text);
      return tree && cursorAt(tree, text, offset);
    },
  );
}
