/** What a plan starts with when a command is given something: a node of the tree, or a prefill. PURE. */
import type { Facts } from "../model/facts";
import type { NetworkSpec } from "../model/network";
import { type WizardForm, withDriver } from "./form";
import { prefill } from "./prefill";

/** Where a plan begins; all else is prefilled. */
export interface PlanStart {
  readonly parent?: string;
  readonly vlanId?: string;
  readonly driver?: NetworkSpec["driver"];
  readonly name?: string;
}

/**
 * Reads the argument of a command: an interface of the tree (`kind` and `name`), or a `PlanStart`.
 * Anything else counts as none, as menus pass what they like.
 */
export function readStart(raw: unknown): PlanStart {
  if (typeof raw !== "object" || raw === null) return {};
  const record = raw as Record<string, unknown>;
  const text = (key: string) => (typeof record[key] === "string" ? record[key] : undefined);
  const parent = record["kind"] === "interface" ? text("name") : text("parent");
  const vlanId = text("vlanId");
  const driver = text("driver");
  // A row of the tree has a name too, but not that of a new network.
  const name = record["kind"] === undefined ? text("name") : undefined;
  return {
    ...(parent === undefined ? {} : { parent }),
    ...(vlanId === undefined ? {} : { vlanId }),
    ...(driver === "macvlan" || driver === "ipvlan" ? { driver } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

export function startForm(start: PlanStart, facts: Facts): WizardForm {
  const likely = prefill(facts, start.parent, start.vlanId);
  const form = start.name === undefined ? likely : { ...likely, name: start.name };
  return start.driver ? withDriver(form, start.driver) : form;
}
