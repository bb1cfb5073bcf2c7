/** Project names, as compose-go's loader normalises them. */

/** Lower case, only `[a-z0-9_-]`, no leading `_` or `-` (loader.NormalizeProjectName). May be empty. */
export function normaliseProjectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

/**
 * The name that the folder of a compose file gives: its last part, normalised, of which nothing may be
 * left. Undefined for a bare file name.
 */
export function folderProjectName(path: string): string | undefined {
  const folder = path.split(/[\\/]/).at(-2);
  return folder === undefined || folder === "" ? undefined : normaliseProjectName(folder);
}
