/** Rules whose errors are refusals of Compose itself, before any engine is asked. */
export const composeRules: ReadonlySet<string> = new Set([
  "compose-error",
  "env-file-missing",
  "network-mode-conflict",
  "undefined-network",
  "unknown-ipam-key",
  "unknown-network-key",
]);

/** The rules that can say, without any engine, that Compose refuses a project. */
export const refusingRules: ReadonlySet<string> = new Set([...composeRules, "network-mode-target"]);
