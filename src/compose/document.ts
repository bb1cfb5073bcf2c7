/** A compose file in an editor: its project, kept up to date edit by edit. */
import { Assembler } from "./assembler";
import { FileStore } from "./fileStore";
import type { Environment } from "./interpolate";
import { folderOf } from "./paths";
import type { ComposeProject } from "./project";
import { folderProjectName } from "./projectName";
import { isProjectFile } from "./discovery";
import type { ProjectSetup } from "./setup";
import type { DocumentEdit, SourceFile } from "./sourceFile";

export type { DocumentEdit } from "./sourceFile";

export interface ComposeOptions {
  /** Variables for interpolation; a name that is absent is unset. */
  readonly environment?: Environment;
  /** Wins over `name:` and the folder (`-p`). */
  readonly projectName?: string;
  /** Active profiles; `*` for all. Services of other profiles are read but not enabled. */
  readonly profiles?: readonly string[];
}

/** One file by itself: what it includes and extends in other files stays unknown. */
export class ComposeDocument {
  readonly path: string;
  private readonly files: FileStore;
  private readonly assembler: Assembler;
  private readonly setup: ProjectSetup;
  private result: ComposeProject | undefined;

  /** `path` names the file in places; its folder is the project's name where nothing else says it. */
  constructor(path: string, text: string, options: ComposeOptions = {}) {
    this.path = path;
    this.files = new FileStore({ read: (wanted) => (wanted === path ? text : undefined) });
    this.assembler = new Assembler(this.files);
    const environment = options.environment ?? new Map<string, string>();
    const given = options.projectName ?? environment.get("COMPOSE_PROJECT_NAME");
    this.setup = {
      files: [path],
      listed: false,
      directory: folderOf(path),
      environment,
      profiles: options.profiles ?? [],
      name: given === "" ? undefined : given,
      folderName: folderProjectName(path),
      whole: isProjectFile(path),
      problems: [],
    };
  }

  get text(): string {
    return this.files.text(this.path) ?? "";
  }

  /** Takes a whole new text. */
  replace(text: string): void {
    this.result = undefined;
    this.files.replace(this.path, text);
  }

  /** Applies edits that do not overlap; all offsets are of the text before. */
  edit(edits: readonly DocumentEdit[]): void {
    this.result = undefined;
    this.files.source(this.path)?.edit(edits);
  }

  /** The project as of the current text; the same object until the next edit. */
  project(): ComposeProject {
    this.result ??= this.assembler.assemble(this.setup);
    return this.result;
  }

  /** The file as it was read. */
  get file(): SourceFile | undefined {
    return this.files.source(this.path) ?? undefined;
  }
}
