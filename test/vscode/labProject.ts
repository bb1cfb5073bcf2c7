/** A compose project on the lab's engine, whose labels name its file as the extension host sees it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "../lab/lab.mjs";

export interface LabProject {
  /** Path of the compose file. */
  readonly file: string;
  up(): Promise<void>;
  down(): Promise<void>;
  /** Removes what `up` made, and the file. */
  remove(): Promise<void>;
}

/** `name`: of the project. Of the machine's folders only the lab's own has one path for Compose and for us. */
export function writeLabProject(lab: Lab, name: string, text: string): LabProject {
  const projects = join(lab.folder, "projects");
  mkdirSync(projects, { recursive: true });
  const folder = mkdtempSync(join(projects, `${name}-`));
  const file = join(folder, "compose.yaml");
  writeFileSync(file, text);
  const compose = (...argv: string[]) =>
    lab.compose(
      ["--project-name", name, "--project-directory", folder, "--file", file, ...argv],
      folder,
    );
  const down = async () => {
    await compose("down", "-t", "0");
  };
  return {
    file,
    async up() {
      await compose("up", "-d");
    },
    down,
    async remove() {
      await down();
      rmSync(folder, { recursive: true });
    },
  };
}
