/** A whole project, from all its files, kept up to date edit by edit. */
import { Assembler } from "./assembler";
import { type ProjectRequest, settleProject } from "./discovery";
import type { EnvironmentCache } from "./envFiles";
import { type FileAccess, FileStore } from "./fileStore";
import type { ComposeProject } from "./project";
import type { ProjectSetup } from "./setup";
import type { DocumentEdit, SourceFile } from "./sourceFile";

export class ProjectLoader {
  readonly request: ProjectRequest;
  private readonly files: FileStore;
  private readonly assembler: Assembler;
  private readonly environments: EnvironmentCache = new WeakMap();
  private settled: ProjectSetup | undefined;
  private result: ComposeProject | undefined;

  constructor(access: FileAccess, request: ProjectRequest) {
    this.request = request;
    this.files = new FileStore(access);
    this.assembler = new Assembler(this.files);
  }

  /** Another loader of the same project, that begins with the texts as they are here. */
  copy(): ProjectLoader {
    return new ProjectLoader({ read: (path) => this.files.text(path) }, this.request);
  }

  /** Files, variables and profiles of the project. */
  get setup(): ProjectSetup {
    this.settled ??= settleProject(this.request, this.files, this.environments);
    return this.settled;
  }

  /** The project as of the current texts; the same object until something changes. */
  project(): ComposeProject {
    this.result ??= this.assembler.assemble(this.setup);
    return this.result;
  }

  /** Applies edits that do not overlap; all offsets are of the text before. */
  edit(path: string, edits: readonly DocumentEdit[]): void {
    if (!this.files.edit(path, edits)) {
      if (this.files.paths.has(path)) this.invalidate(path);
      return;
    }
    this.result = undefined;
  }

  /** Takes a whole new text of a file; null: there is no such file now. */
  replace(path: string, text: string | null): void {
    this.files.replace(path, text);
    this.forget();
  }

  /** A file changed on disk, came, or went: it is read again. */
  invalidate(path: string): void {
    this.files.invalidate(path);
    this.forget();
  }

  /** One of the project's files, as it was read. */
  file(path: string): SourceFile | undefined {
    return this.files.read(path);
  }

  /** Every path that the project depends on, also of files that are not there. */
  get paths(): ReadonlySet<string> {
    return this.files.paths;
  }

  /** Paths whose texts were asked for and are not known yet; after `invalidate` they are asked for again. */
  get wanted(): ReadonlySet<string> {
    return this.files.wanted;
  }

  private forget(): void {
    this.settled = undefined;
    this.result = undefined;
  }
}
