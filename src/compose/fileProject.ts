/**
 * The project that one file belongs to: the one that Compose finds around the file, where that has it
 * among its files; else the file by itself.
 */
import { type ProjectRequest, isOverrideFile, isProjectFile } from "./discovery";
import type { FileAccess } from "./fileStore";
import type { ComposeProject } from "./project";
import { ProjectLoader } from "./projectLoader";
import { folderOf } from "./paths";
import type { DocumentEdit, SourceFile } from "./sourceFile";

export class FileProject {
  readonly path: string;
  private readonly around: ProjectLoader;
  private readonly alone: ProjectLoader;

  /** `base`: variables and the like; which files to read is settled here. */
  constructor(path: string, access: FileAccess, base: Omit<ProjectRequest, "folder" | "files">) {
    this.path = path;
    const folder = folderOf(path);
    this.around = new ProjectLoader(access, { ...base, folder });
    this.alone = new ProjectLoader(access, { ...base, folder, files: [path] });
  }

  /** The loader of the project as things are now. */
  get loader(): ProjectLoader {
    return this.belongs() ? this.around : this.alone;
  }

  /** The project as of the current texts; the same object until something changes. */
  project(): ComposeProject {
    return this.loader.project();
  }

  /** The file itself, as it was read. */
  get file(): SourceFile | undefined {
    return this.loader.file(this.path);
  }

  edit(path: string, edits: readonly DocumentEdit[]): void {
    for (const loader of this.dependent(path)) loader.edit(path, edits);
  }

  replace(path: string, text: string | null): void {
    for (const loader of this.dependent(path)) loader.replace(path, text);
  }

  /** A file changed on disk, came, or went. */
  invalidate(path: string): void {
    for (const loader of this.dependent(path)) loader.invalidate(path);
  }

  /** Whether a change of the file can change the project. */
  dependsOn(path: string): boolean {
    return this.dependent(path).length > 0;
  }

  /** Every path that the project depends on, also of files that are not there. */
  get paths(): ReadonlySet<string> {
    return new Set([...this.around.paths, ...this.alone.paths]);
  }

  /** Paths whose texts were asked for and are not known yet. */
  get wanted(): ReadonlySet<string> {
    return new Set([...this.around.wanted, ...this.alone.wanted]);
  }

  private belongs(): boolean {
    const { path, around } = this;
    const named = isProjectFile(path) || isOverrideFile(path);
    return named ? around.setup.files.includes(path) : around.project().paths.includes(path);
  }

  private dependent(path: string): ProjectLoader[] {
    return [this.around, this.alone].filter((loader) => loader.paths.has(path));
  }
}
