/** Files of this machine, for paths that are the text of a `file:` URI. */
import { existsSync, readFileSync, statSync } from "node:fs";
import type { Disk } from "./texts";

/** No compose file is bigger; what is, is taken for one that cannot be read. Bytes. */
const biggest = 20_000_000;

export const localDisk: Disk = {
  read(path) {
    const file = fileOf(path);
    return file === undefined ? undefined : { text: readText(file) };
  },
  exists(path) {
    const file = fileOf(path);
    return file !== undefined && existsSync(file);
  },
};

/** Only plain files: reading a device or a pipe might never end. */
function readText(file: string): string | null | undefined {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return null;
    if (!stat.isFile() || stat.size > biggest) return undefined;
    return new TextDecoder().decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? null : undefined;
  }
}

/** The path for the file system; undefined for another scheme. */
export function fileOf(path: string): string | undefined {
  const found = /^file:\/\/([^/]*)(\/.*)$/.exec(path);
  if (!found) return undefined;
  const [, host = "", rest = ""] = found;
  // The readable text of a URI has these two written otherwise, and nothing else.
  const decoded = rest.replace(/%23/g, "#").replace(/%3F/gi, "?");
  if (host !== "") return `//${host}${decoded}`;
  return /^\/[A-Za-z]:/.test(decoded) ? decoded.slice(1) : decoded;
}
