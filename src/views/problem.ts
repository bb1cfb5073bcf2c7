/** A problem of a network or of a container on it, as the tree shows it. PURE. */
import { type CommandId, commandIds } from "../ids";

export type ProblemKind =
  | "address-taken"
  | "mac-taken"
  | "address-of-host"
  | "address-on-lan"
  | "address-in-dhcp"
  | "address-reserved"
  | "parent-missing"
  | "parent-down"
  | "parent-port"
  | "range-exhausted"
  | "range-in-dhcp"
  | "host-cut-off"
  | "cloud-drops-frames";

export interface Problem {
  readonly kind: ProblemKind;
  /** `warning`: something does not work, or will not. `information`: what one may not want to change. */
  readonly level: "warning" | "information";
  /** For the row, which is narrow: `same address as unifi`. */
  readonly short: string;
  /** For the tooltip: what is wrong and what comes of it, in one or two sentences. */
  readonly text: string;
  /** What ends it or explains it, the best first; never empty. */
  readonly ways: readonly Way[];
}

/** A command, with what it is about. */
export interface Way {
  readonly title: string;
  readonly command: CommandId;
  readonly args: readonly (string | Readonly<Record<string, string>>)[];
}

/** The page of the rule that finds the same in a compose file. */
export function pageOf(rule: string): Way {
  return { title: "Explain", command: commandIds.showRule, args: [rule] };
}

/** What stays the same as long as the problem does, also when its network is made anew. */
export function problemKey(label: string, { kind }: Problem): string {
  return `${kind} ${label}`;
}
