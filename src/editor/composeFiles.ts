/** Which documents are compose files. PURE: the documents are given by what is said of them. */

/** VS Code's own id, also of documents that are not saved yet. */
export const composeLanguage = "dockercompose";

/** File names that are compose files whatever language the document is in. */
const names = [/^compose(\.[^/]+)?\.ya?ml$/i, /^docker-compose[^/]*\.ya?ml$/i];

/** Where documents that people edit live; not the old version in a comparison, nor our own texts. */
export const composeSchemes: readonly string[] = [
  "file",
  "vscode-vfs",
  "vscode-remote",
  "untitled",
];

/** The documents that `isComposeFile` can accept, as glob patterns for language features. */
export const composeGlobs: readonly string[] = [
  "**/compose.{yaml,yml}",
  "**/compose.*.{yaml,yml}",
  "**/docker-compose*.{yaml,yml}",
];

/** `path` with slashes, as in a URI. */
export function isComposeFile(document: {
  readonly scheme: string;
  readonly path: string;
  readonly languageId: string;
}): boolean {
  if (!composeSchemes.includes(document.scheme)) return false;
  if (document.languageId === composeLanguage) return true;
  const name = document.path.slice(document.path.lastIndexOf("/") + 1);
  return document.scheme !== "untitled" && names.some((pattern) => pattern.test(name));
}
