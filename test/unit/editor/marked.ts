/** Compose texts in which `|` marks where the cursor is. */
import { ComposeDocument } from "../../../src/compose/document";
import type { Facts } from "../../../src/model/facts";
import { createContext } from "../../../src/rules/views/views";

export const path = "/home/me/app/compose.yaml";

export function marked(text: string, facts: Facts = {}, engineVersion?: string) {
  const offset = text.indexOf("|");
  if (offset < 0) throw new Error("no mark in the text");
  const document = new ComposeDocument(path, text.replace("|", ""));
  return { offset, document, context: createContext(document.project(), facts, engineVersion) };
}
