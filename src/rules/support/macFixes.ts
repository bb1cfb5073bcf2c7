/** Edits that give a service another MAC. */
import { type Value, setValue } from "../../compose/value";
import type { RuleContext } from "../context";
import { freeMac } from "../free";
import type { Fix } from "../rule";

/** Writes a locally administered MAC that nobody uses, the same each time for the same `seed`. */
export function newMacFix(context: RuleContext, value: Value, seed: string): Fix[] {
  const mac = freeMac(context, seed);
  const edit = setValue(value, mac);
  return edit
    ? [{ title: `Change to the new MAC ${mac}`, preferred: true, safe: false, edits: [edit] }]
    : [];
}
