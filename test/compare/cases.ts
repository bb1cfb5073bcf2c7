/**
 * The small projects of `test/fixtures/compose`, one or more for each rule of Compose's: the files,
 * `case.json` (how it is loaded, if not by `docker compose config` in the folder) and
 * `expected.json` (what the real Compose 2.40 says: `npm run compare -- --record` writes it).
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NetworkPart } from "./networkPart";
import type { Invocation } from "./realCompose";

export const casesFolder = join(import.meta.dirname, "../fixtures/compose");
/** The cases that we do not read as Compose does, each with the reason. */
const openFile = join(casesFolder, "open.json");

export type Expected = NetworkPart | { readonly error: string };

export interface Case {
  readonly name: string;
  readonly folder: string;
  readonly invocation: Invocation;
}

export function readCases(): Case[] {
  return readdirSync(casesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(casesFolder, name);
      const file = join(folder, "case.json");
      const invocation = existsSync(file) ? (readJson(file) as Invocation) : {};
      return { name, folder, invocation };
    });
}

export function readExpected({ folder }: Case): Expected {
  return readJson(join(folder, "expected.json")) as Expected;
}

export function writeExpected({ folder }: Case, expected: Expected): void {
  writeFileSync(join(folder, "expected.json"), `${JSON.stringify(expected, undefined, 2)}\n`);
}

export function readOpen(): string[] {
  return Object.keys(readJson(openFile) as Readonly<Record<string, string>>);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
