/**
 * Tolerant reading of structured settings: the settings editor warns about a wrong shape, but hands
 * it over nevertheless. PURE, for the tests' sake.
 */
import type { LanPlan } from "../model/facts";
import type { Severity } from "../rules/rule";
import type { HostPatterns } from "../rules/workspace/hostOf";

/** Which projects of the workspace are checked besides those of open files, and what of them is shown. */
export type WorkspaceScope = "off" | "openFiles" | "all";

const levels: readonly string[] = ["off", "hint", "information", "warning", "error"];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `macvlan.rules`: entries with an unknown level are dropped. */
export function readRules(value: unknown): Record<string, Severity | "off"> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, Severity | "off"] =>
      levels.includes(entry[1] as string),
    ),
  );
}

/** `macvlan.lan`: items without a subnet are dropped, and so are texts that are none. */
export function readLan(value: unknown): LanPlan[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): LanPlan[] => {
    if (!isRecord(item) || typeof item["subnet"] !== "string") return [];
    const dhcp = Array.isArray(item["dhcp"])
      ? item["dhcp"].filter((text): text is string => typeof text === "string")
      : [];
    const reserved = Array.isArray(item["reserved"]) ? item["reserved"].flatMap(readReserved) : [];
    return [{ subnet: item["subnet"], dhcp, reserved }];
  });
}

function readReserved(value: unknown): { address: string; name?: string }[] {
  if (!isRecord(value) || typeof value["address"] !== "string") return [];
  const name = value["name"];
  return [{ address: value["address"], ...(typeof name === "string" ? { name } : {}) }];
}

/** `macvlan.checkWorkspace` */
export function readScope(value: unknown): WorkspaceScope {
  return value === "off" || value === "all" ? value : "openFiles";
}

/** `macvlan.hosts`: a text counts as a list of one; hosts without a pattern are dropped. */
export function readHosts(value: unknown): HostPatterns {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([host, patterns]): [string, string[]][] => {
      const list: unknown[] = Array.isArray(patterns) ? patterns : [patterns];
      const globs = list.filter((item): item is string => typeof item === "string" && item !== "");
      return globs.length > 0 ? [[host, globs]] : [];
    }),
  );
}
