/**
 * What the extension and the thread that checks the workspace's projects say to each other. Everything is
 * plain data. A project is named by an id of the extension's choice, a file by the path that places have.
 */
import type { Place } from "../compose/place";
import type { DocumentEdit } from "../compose/sourceFile";
import type { EngineContainer } from "../model/attachment";
import type { Facts } from "../model/facts";
import type { Severity } from "../rules/rule";
import type { RunOptions } from "../rules/run";
import type { ClaimsSummary } from "../rules/workspace/otherClaims";
import type { Whereabouts } from "../rules/workspace/whereabouts";

export type ToChecker =
  | { readonly kind: "surroundings"; readonly surroundings: CheckerSurroundings }
  /** More containers for the facts, in pieces: all of them at once would hold up the extension host. */
  | {
      readonly kind: "containers";
      readonly containers: readonly EngineContainer[];
      readonly last: boolean;
    }
  /** A new project, or what is known of its place now. */
  | { readonly kind: "project"; readonly project: CheckedProject }
  | { readonly kind: "forget"; readonly id: string }
  | FileMessage
  /** The file came, changed or went, or its document was closed: what is known of it is out of date. */
  | { readonly kind: "changed"; readonly path: string }
  /** Edits of a document whose text was sent before. */
  | {
      readonly kind: "edit";
      readonly path: string;
      readonly version: number;
      /** Of the text afterwards: where it is another one, the text is asked for again. */
      readonly length: number;
      readonly edits: readonly DocumentEdit[];
    }
  /** Results were taken: more may come. */
  | { readonly kind: "taken" }
  /** Asks for `finished` with the same number when nothing is left to do. */
  | { readonly kind: "finish"; readonly request: number };

/** The text of a document, or the bytes of a file that was asked for; null where there is none, undefined where it cannot be read. */
export interface FileMessage {
  readonly kind: "file";
  readonly path: string;
  readonly content: string | Uint8Array | null | undefined;
  /** Of the document, where the file is open in an editor. */
  readonly version?: number;
}

/** What the findings depend on besides the files. */
export interface CheckerSurroundings {
  readonly run: Pick<RunOptions, "engineVersion" | "overrides">;
  /** Without containers where only findings between projects are wanted: these do not depend on them. */
  readonly facts: Facts;
  /**
   * `openFiles`: what is between projects, of those with a file in an editor. `all`: that of all projects,
   * and what the rules find in each.
   */
  readonly show: "openFiles" | "all";
}

export interface CheckedProject {
  readonly id: string;
  readonly where: Whereabouts;
  /** As Compose would be started: in this folder, or with this file. */
  readonly folder: string;
  /** A file that makes a project by itself, as long as no other project reads it. */
  readonly file?: string;
}

export type FromChecker =
  /** Files that a project needs and the thread cannot read itself; each is to be answered by a `file`. */
  | { readonly kind: "wanted"; readonly paths: readonly string[] }
  /** Each is to be answered by `taken`: until then there are no others. */
  | { readonly kind: "results"; readonly results: readonly ProjectResult[] }
  /** Number of projects that are still to be checked. */
  | { readonly kind: "progress"; readonly left: number }
  | { readonly kind: "finished"; readonly request: number }
  /** The project could not be checked: a fault of ours, for the log. */
  | { readonly kind: "failed"; readonly id: string; readonly error: string };

/** A project without result is one that is read by another one. */
export interface ProjectResult {
  readonly id: string;
  /** Versions of the documents that places are about; of other files the text that was sent last. */
  readonly versions: Readonly<Record<string, number>>;
  /** Files that were read as Compose files, the main one first. */
  readonly files: readonly string[];
  /** What the rules find in the project itself; empty where that is not wanted. */
  readonly own: readonly PlainFinding[];
  /** What is wrong between the project and others. */
  readonly between: readonly PlainFinding[];
  /** What is taken for others; undefined for a project that does not count. */
  readonly claims: ClaimsSummary | undefined;
}

/** Lines and columns count from 0. */
export interface PlainRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface PlainPlace extends Place {
  readonly range: PlainRange;
}

export interface PlainFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** The engine's words included. */
  readonly message: string;
  readonly place: PlainPlace;
  readonly related: readonly { readonly place: PlainPlace; readonly message: string }[];
  readonly unnecessary: boolean;
  /** Of two projects this is the one to change. */
  readonly yields: boolean;
}
