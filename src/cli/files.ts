/** Reading and writing texts for the command line. */
import {
  chmodSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { FileAccess } from "../compose/fileStore";
import { CliError, reasonOf } from "./cliError";
import { shownPath } from "./whereabouts";

const byteOrderMark = "\uFEFF";

interface TextFile {
  readonly text: string;
  /** Kept apart from the text, so that columns are those that editors show. */
  readonly mark: "" | typeof byteOrderMark;
}

/** The files of all projects of a run, each read once. Paths are absolute. */
export class TextFiles implements FileAccess {
  private readonly known = new Map<string, TextFile | null>();

  /** The text, without a byte-order mark; null where there is no such file. @throws CliError */
  read(path: string): string | null {
    let file = this.known.get(path);
    if (file === undefined) this.known.set(path, (file = isFile(path) ? readTextFile(path) : null));
    return file?.text ?? null;
  }

  /** The same, but null also of what cannot be read, or is no text: such a file may be asked for by the way. */
  glance(path: string): string | null {
    try {
      return this.read(path);
    } catch {
      return null;
    }
  }

  /** Whether there is a file, be it one that nobody may read; undefined where that cannot be told. */
  exists(path: string): boolean | undefined {
    if (this.known.get(path)) return true;
    try {
      return !statSync(path).isDirectory();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR" ? false : undefined;
    }
  }

  /** The text of a file that has to be there. @throws CliError */
  need(path: string): string {
    const file = this.known.get(path) ?? readTextFile(path);
    this.known.set(path, file);
    return file.text;
  }

  /** The file is either the old or the new one, whatever happens meanwhile. @throws CliError */
  write(path: string, text: string): void {
    const mark = this.known.get(path)?.mark ?? "";
    this.known.set(path, { text, mark });
    let draft: string | undefined;
    try {
      // A link stays what it is; what it leads to is written.
      const target = realpathSync(path);
      draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
      writeFileSync(draft, mark + text);
      chmodSync(draft, statSync(target).mode);
      renameSync(draft, target);
    } catch (error) {
      if (draft !== undefined) rmSync(draft, { force: true });
      throw new CliError(`Cannot write ${shownPath(path)}: ${reasonOf(error)}.`);
    }
  }
}

/** Bytes that are not UTF-8 would not survive being written back, so they are refused. */
function readTextFile(path: string): TextFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CliError(`Cannot read ${shownPath(path)}: ${reasonOf(error)}.`);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(`Cannot read ${shownPath(path)}: it is not a UTF-8 text. Save it as UTF-8.`);
  }
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : "";
  return { text: text.slice(mark.length), mark };
}

function isFile(path: string): boolean {
  try {
    // Not only plain files: /dev/null as an env file is empty.
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}
