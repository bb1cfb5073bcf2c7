/** What the docker command did in each case. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "./cases";

const file = join(__dirname, "../fixtures/endpoints/docker.json");

interface Recorded {
  /** Version of the docker command. */
  readonly docker: string;
  readonly answers: Readonly<Record<string, Answer>>;
}

export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(file, "utf8")) as Recorded;
}

export function writeRecorded(recorded: Recorded): void {
  writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
}

/** Answers as they are compared: why something was refused is for readers. */
export function comparable(answer: Answer): Answer {
  return "refused" in answer ? { refused: "" } : answer;
}
