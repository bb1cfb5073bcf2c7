/** Rules whose errors are refusals of Compose itself, before any engine is asked. */
export const composeRules: ReadonlySet<string> = new Set([
  "compose-error",
  "network-mode-conflict",
  "undefined-network",
  "unknown-ipam-key",
  "unknown-network-key",
]);

/** The rules that can say, without any engine, that Compose refuses a project. */
export const refusingRules: ReadonlySet<string> = new Set([...composeRules, "network-mode-target"]);

/** What Compose says of its own accord in findings of other rules, which also quote the engine. */
const composeWords: readonly RegExp[] = [
  /^network .* declared as external, but could not be found$/,
  /^network .* was found but has incorrect label /,
  /^container name ".*" is already in use by service/,
  /^service ".*" depends on undefined service /,
  /^dependency cycle detected: /,
  /^interface_name requires Docker Engine /,
  /^The ".*" variable is not set\. /,
];

/** Whether the words that a rule quotes are Compose's, not the engine's. */
export function isOfCompose(rule: string, words: string): boolean {
  return composeRules.has(rule) || composeWords.some((pattern) => pattern.test(words));
}
