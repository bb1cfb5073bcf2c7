/** Rules whose errors are refusals of Compose itself, before any engine is asked. */
export const composeRules: ReadonlySet<string> = new Set([
  "compose-error",
  "network-mode-conflict",
  "undefined-network",
  "unknown-ipam-key",
  "unknown-network-key",
]);
