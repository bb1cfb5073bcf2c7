/**
 * Paths of files, as texts: with slashes or backslashes, with a drive, and as the text of a URI
 * (`file:///srv/compose.yaml`), because the files of a project may live behind any of them.
 */

const scheme = /^[A-Za-z][A-Za-z0-9+.-]+:\/\/[^/]*/;

/** What a path begins with before its first folder: `/`, `C:\`, `file://`, or "" for a relative one. */
function rootOf(path: string): string {
  const uri = scheme.exec(path)?.[0];
  if (uri !== undefined) return path[uri.length] === "/" ? `${uri}/` : uri;
  return /^(?:[A-Za-z]:)?[\\/]+/.exec(path)?.[0] ?? "";
}

export function isAbsolute(path: string): boolean {
  return rootOf(path) !== "";
}

/** The folder of a file: `/srv` of `/srv/compose.yaml`, "" of a bare name. */
export function folderOf(path: string): string {
  const root = rootOf(path);
  const rest = path.slice(root.length).replace(/[\\/]+$/, "");
  const cut = lastSeparator(rest);
  return cut < 0 ? root : root + rest.slice(0, cut);
}

/** The last name of a path; "" of a root. */
export function nameOf(path: string): string {
  const rest = path.slice(rootOf(path).length).replace(/[\\/]+$/, "");
  return rest.slice(lastSeparator(rest) + 1);
}

/**
 * The path seen from a folder, without `.` and `..`: as Go's filepath.Join, but an absolute path
 * stays what it is. Below a URI, `/etc/x` stays with that URI's host.
 */
export function resolvePath(folder: string, path: string): string {
  const own = rootOf(path);
  const base = own === "" ? folder : own.startsWith("/") ? uriOf(folder) : "";
  const joined = own === "" ? join(folder, path) : base + path;
  const root = rootOf(joined);
  const separator = joined.includes("\\") && !joined.includes("/") ? "\\" : "/";
  const names: string[] = [];
  for (const name of joined.slice(root.length).split(/[\\/]+/)) {
    if (name === "" || name === ".") continue;
    if (name === ".." && names.length > 0 && names.at(-1) !== "..") names.pop();
    else if (name !== ".." || root === "") names.push(name);
  }
  return root + names.join(separator);
}

function join(folder: string, path: string): string {
  if (folder === "" || /[\\/]$/.test(folder)) return folder + path;
  return `${folder}${folder.includes("\\") && !folder.includes("/") ? "\\" : "/"}${path}`;
}

function uriOf(path: string): string {
  return scheme.exec(path)?.[0] ?? "";
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
}
