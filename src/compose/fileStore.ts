/** The files of a project as they were read, kept for as long as nobody says that they changed. */
import { type DocumentEdit, SourceFile } from "./sourceFile";

/** How files are read. Paths are those that the project's request and its files name, made absolute. */
export interface FileAccess {
  /** The text; null where there is no such file; undefined while that is not known. */
  read(path: string): string | null | undefined;
  /** The same where it does not matter whether it can be read: null then; where this is not given, `read` is asked. */
  glance?(path: string): string | null | undefined;
  /** Whether there is a file, without reading it; where this is not given, the text tells. */
  exists?(path: string): boolean | undefined;
}

export class FileStore {
  private readonly access: FileAccess;
  private readonly texts = new Map<string, string | null>();
  private readonly sources = new Map<string, SourceFile>();
  private readonly asked = new Set<string>();
  private readonly missing = new Set<string>();

  constructor(access: FileAccess) {
    this.access = access;
  }

  /** The text of a file; null and undefined as in `FileAccess`. */
  text(path: string): string | null | undefined {
    return this.textBy(path, () => this.access.read(path));
  }

  /** The same of a file that may be none that can be read. */
  glance(path: string): string | null | undefined {
    return this.textBy(path, () =>
      (this.access.glance ?? this.access.read).call(this.access, path),
    );
  }

  private textBy(path: string, read: () => string | null | undefined): string | null | undefined {
    this.asked.add(path);
    const source = this.sources.get(path);
    if (source) return source.text;
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const text = read();
    if (text === undefined) this.missing.add(path);
    else {
      this.missing.delete(path);
      this.texts.set(path, text);
    }
    return text;
  }

  /** Whether there is such a file; undefined while that is not known. */
  exists(path: string): boolean | undefined {
    if (!this.access.exists) {
      const text = this.text(path);
      return text === undefined ? undefined : text !== null;
    }
    this.asked.add(path);
    return this.access.exists(path);
  }

  /** The file, read as YAML; null and undefined as in `FileAccess`. */
  source(path: string): SourceFile | null | undefined {
    const known = this.sources.get(path);
    if (known) return known;
    const text = this.text(path);
    if (typeof text !== "string") return text;
    const source = new SourceFile(path, text);
    this.sources.set(path, source);
    return source;
  }

  /** The file if it has been read as YAML. */
  read(path: string): SourceFile | undefined {
    return this.sources.get(path);
  }

  /** The text of a file that has been read. */
  known(path: string): string | undefined {
    return this.sources.get(path)?.text ?? this.texts.get(path) ?? undefined;
  }

  /** Follows edits of one file; false when it was not read. */
  edit(path: string, edits: readonly DocumentEdit[]): boolean {
    const source = this.sources.get(path);
    source?.edit(edits);
    return source !== undefined;
  }

  /** Takes a new text; null: there is no such file now. */
  replace(path: string, text: string | null): void {
    const source = this.sources.get(path);
    if (source && text !== null) {
      if (source.text !== text) source.replace(text);
    } else {
      this.sources.delete(path);
    }
    this.texts.set(path, text);
  }

  /** The file is read again when it is needed next. */
  invalidate(path: string): void {
    const text = this.access.read(path);
    this.missing.delete(path);
    if (text !== undefined) this.replace(path, text);
    else {
      this.texts.delete(path);
      this.sources.delete(path);
    }
  }

  /** Every path that was asked for, also where there is no file: what a change of can change the project. */
  get paths(): ReadonlySet<string> {
    return this.asked;
  }

  /** Paths that were asked for and are not known. */
  get wanted(): ReadonlySet<string> {
    return this.missing;
  }
}
