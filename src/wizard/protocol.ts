/**
 * The messages between the extension and the wizard's page. Both sides check what arrives: an
 * unknown or oversize message is logged and dropped. PURE, and shared with the browser.
 */
import { type ExcludedRow, type WizardForm, emptyForm, readDriver, textFields } from "./form";
import type { ParentChoice } from "./parents";
import type { Evaluation } from "./plan";

/** What the page shows of the world outside the form. */
export interface PageFacts {
  /** The engine in words: `Docker Engine 28.5.2 on nas`, or why there is none. */
  readonly engine: string;
  /** Create is possible. */
  readonly connected: boolean;
  /** Empty when the host's interfaces are not known: then the name is typed. */
  readonly parents: readonly ParentChoice[];
  /** Name of the compose file that Insert would choose without asking; empty: it asks. */
  readonly composeFile: string;
}

export type Action = "create" | "insert" | "copyCommand" | "copyYaml";

export type ToPage =
  | { readonly type: "facts"; readonly facts: PageFacts }
  /**
   * Replaces what is typed: at the start, and when parent or VLAN id brought other defaults. With
   * `ifSeq` only while that is the page's last change: what is typed meanwhile wins.
   */
  | { readonly type: "form"; readonly form: WizardForm; readonly ifSeq?: number }
  /** Answer to the `change` of that number. */
  | { readonly type: "evaluation"; readonly seq: number; readonly evaluation: Evaluation }
  | { readonly type: "busy"; readonly action: Action; readonly busy: boolean }
  | {
      readonly type: "outcome";
      readonly action: Action;
      readonly ok: boolean;
      readonly message: string;
    };

export type FromPage =
  /** The page listens; `form` is what it kept of an earlier life. */
  | { readonly type: "ready"; readonly form?: WizardForm }
  | { readonly type: "change"; readonly seq: number; readonly form: WizardForm }
  /** Another parent or VLAN id was chosen; `form` is as before. Answered by `form`. */
  | {
      readonly type: "rebase";
      readonly form: WizardForm;
      readonly parent: string;
      readonly vlanId: string;
    }
  | { readonly type: "act"; readonly action: Action; readonly form: WizardForm }
  | { readonly type: "openLanSetting" };

const maxText = 500;
const maxRows = 64;
const maxSeq = Number.MAX_SAFE_INTEGER;
/** Far more than a plan needs; what is longer did not come from our code. */
const maxToPage = 4_000_000;

/** The message, or why it is none. */
export type Reading<T> =
  { readonly ok: true; readonly message: T } | { readonly ok: false; readonly reason: string };

const actions: readonly Action[] = ["create", "insert", "copyCommand", "copyYaml"];

/** Checks a message of the page down to every field: what comes out holds nothing but that. */
export function readFromPage(raw: unknown): Reading<FromPage> {
  if (!isRecord(raw)) return bad("is no object");
  switch (raw["type"] as FromPage["type"]) {
    case "ready": {
      if (raw["form"] === undefined) return good({ type: "ready" });
      const form = readForm(raw["form"]);
      return form ? good({ type: "ready", form }) : bad("has no readable form");
    }
    case "change": {
      const form = readForm(raw["form"]);
      const seq = raw["seq"];
      if (!form) return bad("has no readable form");
      if (typeof seq !== "number" || !Number.isInteger(seq) || seq < 0 || seq > maxSeq) {
        return bad("has no sequence number");
      }
      return good({ type: "change", seq, form });
    }
    case "rebase": {
      const form = readForm(raw["form"]);
      const [parent, vlanId] = [readText(raw["parent"]), readText(raw["vlanId"])];
      if (!form || parent === undefined || vlanId === undefined) return bad("is incomplete");
      return good({ type: "rebase", form, parent, vlanId });
    }
    case "act": {
      const form = readForm(raw["form"]);
      const action = actions.find((known) => known === raw["action"]);
      return form && action ? good({ type: "act", action, form }) : bad("is incomplete");
    }
    case "openLanSetting":
      return good({ type: "openLanSetting" });
    default:
      return bad(`has the unknown type ${String(raw["type"]).slice(0, 40)}`);
  }
}

/** Checks a message of the extension in its outline; that side is ours. */
export function readToPage(raw: unknown): Reading<ToPage> {
  if (!isRecord(raw)) return bad("is no object");
  if (sizeOf(raw) > maxToPage) return bad("is too long");
  const message = raw as unknown as ToPage;
  switch (message.type) {
    case "facts":
      return isRecord(raw["facts"]) && Array.isArray(raw["facts"]["parents"])
        ? good(message)
        : bad("has no facts");
    case "form": {
      const form = readForm(raw["form"]);
      const { ifSeq } = raw;
      if (!form) return bad("has no readable form");
      return good({ type: "form", form, ...(typeof ifSeq === "number" ? { ifSeq } : {}) });
    }
    case "evaluation": {
      const evaluation = raw["evaluation"];
      const whole =
        typeof raw["seq"] === "number" &&
        isRecord(evaluation) &&
        ["problems", "pools", "notes"].every((key) => Array.isArray(evaluation[key])) &&
        ["command", "composeYaml"].every((key) => typeof evaluation[key] === "string");
      return whole ? good(message) : bad("has no evaluation");
    }
    case "busy":
      return actions.includes(message.action) && typeof message.busy === "boolean"
        ? good(message)
        : bad("is incomplete");
    case "outcome":
      return actions.includes(message.action) &&
        typeof message.ok === "boolean" &&
        typeof message.message === "string"
        ? good(message)
        : bad("is incomplete");
    default:
      return bad("has an unknown type");
  }
}

/** A form with exactly the known fields, or undefined where one is missing, of another type or too long. */
export function readForm(raw: unknown): WizardForm | undefined {
  if (!isRecord(raw)) return undefined;
  const driver = readDriver(raw["driver"]);
  const rows = raw["excluded"];
  if (!driver || !Array.isArray(rows) || rows.length > maxRows) return undefined;
  const excluded = rows.flatMap((row: unknown): ExcludedRow[] => {
    if (!isRecord(row)) return [];
    const [name, address] = [readText(row["name"]), readText(row["address"])];
    return name === undefined || address === undefined ? [] : [{ name, address }];
  });
  const { ipv6, internal } = raw;
  if (excluded.length !== rows.length) return undefined;
  if (typeof ipv6 !== "boolean" || typeof internal !== "boolean") return undefined;
  const texts = textFields.map((field) => [field, readText(raw[field])] as const);
  if (texts.some(([, text]) => text === undefined)) return undefined;
  return { ...emptyForm, ...Object.fromEntries(texts), driver, excluded, ipv6, internal };
}

/** Characters as JSON, as the message travels; what JSON cannot say is too long for anything. */
function sizeOf(raw: Record<string, unknown>): number {
  try {
    return JSON.stringify(raw).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function readText(raw: unknown): string | undefined {
  return typeof raw === "string" && raw.length <= maxText ? raw : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function good<T>(message: T): Reading<T> {
  return { ok: true, message };
}

function bad(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
