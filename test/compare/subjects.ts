/** The compose files of a folder, each as a project that Compose can be asked about. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { projectFileNames as projectFiles } from "../../src/compose/discovery";
import type { Invocation } from "./realCompose";

export interface Subject {
  /** The file, seen from the folder; with the base before it, if there is one. */
  readonly name: string;
  readonly invocation: Invocation;
}

/**
 * A collection of real files keeps each file as `CATEGORY/NUMBER-name`, what lay beside it in
 * `siblings/CATEGORY-NUMBER/`, and the name that it had in `index.tsv`. Gives a temporary folder in
 * which they lie together again; another folder is given back as it is.
 */
export function laidOut(folder: string): string {
  const index = join(folder, "index.tsv");
  if (!existsSync(index)) return folder;
  const place = join(mkdtempSync(join(tmpdir(), "macvlan-compare-")), basename(folder));
  for (const line of readFileSync(index, "utf8").split("\n").slice(1)) {
    const [file = "", category = "", , path = ""] = line.split("\t");
    const number = /\/(\d+)-/.exec(file)?.[1];
    if (number === undefined || !existsSync(join(folder, file))) continue;
    const project = `${category}-${number}`;
    mkdirSync(join(place, project), { recursive: true });
    const siblings = join(folder, "siblings", project);
    if (existsSync(siblings)) cpSync(siblings, join(place, project), { recursive: true });
    copyFileSync(join(folder, file), join(place, project, basename(path.split("@")[0] ?? file)));
  }
  return place;
}

/** Each compose file of the folder alone, and each that is not a project's usual one on top of it. */
export function subjectsOf(folder: string): Subject[] {
  const files = yamlFiles(folder).filter((path) => /^services:/m.test(readFileSync(path, "utf8")));
  return files.flatMap((path) => {
    const file = basename(path);
    const place = dirname(path);
    const name = relative(folder, path);
    const at = { folder: relative(folder, place) };
    const alone = { name, invocation: { ...at, arguments: ["-f", file] } };
    const base = projectFiles.find((other) => existsSync(join(place, other)));
    if (base === undefined || projectFiles.includes(file)) return [alone];
    const both = { ...at, arguments: ["-f", base, "-f", file] };
    return [alone, { name: `${base} + ${name}`, invocation: both }];
  });
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return /^(?:node_modules|\.git)$/.test(entry.name) ? [] : yamlFiles(path);
      return /\.ya?ml$/.test(entry.name) ? [path] : [];
    });
}
