/** The recorded answers of go-yaml, and ours to the same texts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Outline, readOutline } from "../../src/compose/outline";
import { type Documents, contentOf } from "./content";

/** Either what is refused, or what the documents hold. */
export interface Answer {
  readonly refused?: string;
  readonly documents?: Documents;
}

export interface Verdict extends Answer {
  readonly text: string;
}

export const verdictFile = join(import.meta.dirname, "../fixtures/yaml/verdicts.json");

export function readVerdicts(): readonly Verdict[] {
  return JSON.parse(readFileSync(verdictFile, "utf8")) as Verdict[];
}

/** Ours: the messages of all problems, or the content. */
export function ourAnswer(text: string): Answer {
  const outline = readOutline("compose.yaml", text);
  const problems = [
    ...outline.problems,
    ...outline.documents.flatMap(({ parts }) => parts.flatMap((part) => part.problems)),
  ].map(({ message }) => message);
  if (problems.length === 0 && standsTwice(outline)) problems.push("A key stands twice.");
  return problems.length > 0
    ? { refused: problems.join(" ") }
    : { documents: contentOf(outline, text) };
}

/** Keys at the top and of sections are compared where the parts are put together. */
function standsTwice({ documents }: Outline): boolean {
  return documents.some(({ parts, sections }) => {
    const keys = [
      ...parts.map(({ section, pair }) => `${section} ${pair.key}`),
      ...sections.map(({ key }) => ` ${key}`),
    ].filter((key) => !key.endsWith(" "));
    return new Set(keys).size < keys.length;
  });
}
