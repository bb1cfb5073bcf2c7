/** The texts of files: of documents as the extension sent them, of other files from the disk or as it was asked. */
import { applyEdits } from "../compose/edits";
import type { FileAccess } from "../compose/fileStore";
import type { DocumentEdit } from "../compose/sourceFile";
import type { FileMessage } from "./protocol";

/** Files that the thread reads itself. */
export interface Disk {
  /** Undefined where the path is not of this disk; a text that is undefined cannot be read. */
  read(path: string): { readonly text: string | null | undefined } | undefined;
  exists(path: string): boolean;
}

export class Texts implements FileAccess {
  private readonly disk: Disk | undefined;
  /** Undefined: the file cannot be read. */
  private readonly texts = new Map<string, string | null | undefined>();
  private readonly versions = new Map<string, number>();
  private readonly asked = new Set<string>();

  constructor(disk: Disk | undefined) {
    this.disk = disk;
  }

  read(path: string): string | null | undefined {
    if (this.texts.has(path)) return this.texts.get(path);
    const found = this.disk?.read(path);
    if (found) this.texts.set(path, found.text);
    return found?.text;
  }

  /** Forgets what is known of a file. */
  drop(path: string): void {
    this.texts.delete(path);
    this.versions.delete(path);
    this.asked.delete(path);
  }

  /** Whether it is known what there is, even that it cannot be read. */
  isTold(path: string): boolean {
    return this.texts.has(path);
  }

  /** Of these, the ones that are neither known nor asked for; they count as asked for from now on. */
  ask(paths: Iterable<string>): string[] {
    const missing = [...paths].filter((path) => !this.texts.has(path) && !this.asked.has(path));
    for (const path of missing) this.asked.add(path);
    return missing;
  }

  /** Whether an answer is still to come. */
  get waiting(): boolean {
    return this.asked.size > 0;
  }

  /** Of the editor's document; undefined where the text is that on disk. */
  version(path: string): number | undefined {
    return this.versions.get(path);
  }

  /** Takes a text; false when it is the one that was known, in the same version. */
  take({ path, content, version }: FileMessage): boolean {
    const text = content instanceof Uint8Array ? new TextDecoder().decode(content) : content;
    const known =
      this.texts.has(path) &&
      this.texts.get(path) === text &&
      this.versions.get(path) === version &&
      !this.asked.has(path);
    this.asked.delete(path);
    this.texts.set(path, text);
    if (version === undefined) this.versions.delete(path);
    else this.versions.set(path, version);
    return !known;
  }

  /** Follows edits of a document; false where its text is not known, or would not have the length then. */
  edit(path: string, version: number, edits: readonly DocumentEdit[], length: number): boolean {
    const before = this.texts.get(path);
    if (typeof before !== "string" || !this.versions.has(path)) return false;
    const text = applyEdits(before, edits);
    if (text.length !== length) return false;
    this.texts.set(path, text);
    this.versions.set(path, version);
    return true;
  }
}
