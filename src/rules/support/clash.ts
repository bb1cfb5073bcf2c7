/** What becomes of two services that want the same thing. */
import type { ServiceDeclaration } from "../../compose/project";
import type { Severity } from "../rule";

export interface Holder {
  readonly service: Pick<ServiceDeclaration, "replicas" | "profiles">;
  /** Compose makes a container of the service: its profile is active, and it is not scaled to 0. */
  readonly started: boolean;
}

/**
 * `refused` when Compose starts both; `warning` when they run at the same time as soon as their
 * profiles are used; `information` when each can run without the other (profiles that exclude each
 * other, scale 0).
 */
export function clashSeverity(one: Holder, other: Holder, refused: Severity): Severity {
  if (one.started && other.started) return refused;
  if (one.service.replicas === 0 || other.service.replicas === 0) return "information";
  const [a, b] = [one.service.profiles, other.service.profiles];
  const together = a.length === 0 || b.length === 0 || a.some((profile) => b.includes(profile));
  return together ? "warning" : "information";
}

const order: readonly Severity[] = ["error", "warning", "information"];

/** Of the earlier holders the one that weighs most for `holder`; the first of equal ones. */
export function worstHolder<T extends Holder>(
  holder: Holder,
  earlier: readonly T[],
): T | undefined {
  for (const severity of order) {
    const found = earlier.find((other) => clashSeverity(holder, other, "error") === severity);
    if (found) return found;
  }
  return undefined;
}
