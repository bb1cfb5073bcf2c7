/** Which texts Compose turns into numbers and booleans (compose-go loader/interpolate.go). */

type Cast = "boolean" | "integer" | "float";

/** `*` stands for any key, `[]` for the items of a list. */
const casts: readonly (readonly [Cast, readonly string[]])[] = [
  [
    "boolean",
    [
      ...["external", "internal", "attachable", "enable_ipv4", "enable_ipv6"].map(
        (key) => `networks.*.${key}`,
      ),
      ...["volumes", "secrets", "configs"].map((section) => `${section}.*.external`),
      ...[
        "init",
        "healthcheck.disable",
        "oom_kill_disable",
        "privileged",
        "read_only",
        "stdin_open",
        "tty",
        "volumes.[].read_only",
        "volumes.[].volume.nocopy",
      ].map((path) => `services.*.${path}`),
    ],
  ],
  [
    "integer",
    [
      "cpu_count",
      "cpu_period",
      "cpu_quota",
      "cpu_rt_period",
      "cpu_rt_runtime",
      "cpu_shares",
      "deploy.replicas",
      "deploy.update_config.parallelism",
      "deploy.rollback_config.parallelism",
      "deploy.restart_policy.max_attempts",
      "deploy.placement.max_replicas_per_node",
      "healthcheck.retries",
      "oom_score_adj",
      "pids_limit",
      "ports.[].target",
      "scale",
      "ulimits.*",
      "ulimits.*.hard",
      "ulimits.*.soft",
    ].map((path) => `services.*.${path}`),
  ],
  [
    "float",
    [
      "cpu_percent",
      "cpus",
      "deploy.update_config.max_failure_ratio",
      "deploy.rollback_config.max_failure_ratio",
    ].map((path) => `services.*.${path}`),
  ],
];

/** By the last key, so that most places cost one look-up. */
const byLastKey = new Map<string, { readonly cast: Cast; readonly pattern: readonly string[] }[]>();
for (const [cast, patterns] of casts) {
  for (const text of patterns) {
    const pattern = text.split(".");
    const last = pattern.at(-1) ?? "";
    byLastKey.set(last, [...(byLastKey.get(last) ?? []), { cast, pattern }]);
  }
}
const anyKey = byLastKey.get("*") ?? [];

export interface CastFailure {
  /** What the text has to be. */
  readonly wanted: string;
  /** Compose's own words. */
  readonly error: string;
}

/** Why Compose refuses a text at a place; undefined where all is well. */
export function castFailure(path: readonly string[], text: string): CastFailure | undefined {
  for (const { cast, pattern } of byLastKey.get(path[path.length - 1] ?? "") ?? anyKey) {
    if (!isAt(pattern, path)) continue;
    const reading = readings[cast];
    const { wanted, error } = reading;
    return reading.pattern.test(text) ? undefined : { wanted, error: error(text) };
  }
  return undefined;
}

function isAt(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length !== path.length) return false;
  for (const [index, part] of pattern.entries()) {
    if (part !== "*" && part !== path[index]) return false;
  }
  return true;
}

const readings = {
  boolean: {
    wanted: "true or false",
    pattern: /^(?:true|yes|y|on|false|no|n|off)$/i,
    error: (text: string) => `invalid boolean: ${text}`,
  },
  integer: {
    wanted: "a whole number",
    pattern: /^[+-]?[0-9]+$/,
    error: (text: string) => `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
  },
  float: {
    wanted: "a number",
    pattern: /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i,
    error: (text: string) => `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`,
  },
};
