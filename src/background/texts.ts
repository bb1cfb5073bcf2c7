/** The texts of files as the extension sent them, and those that it was asked for. */
import { applyEdits } from "../compose/edits";
import type { FileAccess } from "../compose/fileStore";
import type { DocumentEdit } from "../compose/sourceFile";
import type { FileMessage } from "./protocol";

export class Texts implements FileAccess {
  /** Undefined: the file cannot be read. */
  private readonly texts = new Map<string, string | null | undefined>();
  private readonly versions = new Map<string, number>();
  private readonly asked = new Set<string>();

  read(path: string): string | null | undefined {
    return this.texts.get(path);
  }

  /** Whether the extension has told what there is, even that it cannot be read. */
  isTold(path: string): boolean {
    return this.texts.has(path);
  }

  /** Of these, the ones that are neither told nor asked for; they count as asked for from now on. */
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

  /** Follows edits of a text that was told; false where there is none. */
  edit(path: string, version: number, edits: readonly DocumentEdit[]): boolean {
    const text = this.texts.get(path);
    if (typeof text !== "string") return false;
    this.texts.set(path, applyEdits(text, edits));
    this.versions.set(path, version);
    return true;
  }
}
