/** Which keys of services and networks Compose merges in a way of their own (compose-go override/merge.go). */

export type MergeKind =
  /** Mappings key by key, lists one behind the other, anything else replaced. */
  | "plain"
  /** The later one counts, even when nothing is written. */
  | "replace"
  /** Lists and mappings both become a list of `key=value`. */
  | "list"
  /** A list of names becomes a mapping. */
  | "names"
  | "build"
  | "logging"
  | "ipam";

const service: Readonly<Record<string, MergeKind>> = {
  annotations: "list",
  build: "build",
  "build.additional_contexts": "list",
  "build.args": "list",
  "build.extra_hosts": "list",
  "build.labels": "list",
  command: "replace",
  depends_on: "names",
  "deploy.labels": "list",
  dns: "list",
  dns_opt: "list",
  dns_search: "list",
  entrypoint: "replace",
  env_file: "list",
  environment: "list",
  extra_hosts: "list",
  "healthcheck.test": "replace",
  label_file: "list",
  labels: "list",
  logging: "logging",
  models: "names",
  networks: "names",
  sysctls: "list",
  tmpfs: "list",
};

const network: Readonly<Record<string, MergeKind>> = { "ipam.config": "ipam", labels: "list" };

/** Lists that keep one of each: of two with one name the later, at the place of the earlier. */
const unique: ReadonlySet<string> = new Set([
  "annotations",
  "build.additional_contexts",
  "build.args",
  "build.labels",
  "build.tags",
  "cap_add",
  "cap_drop",
  "configs",
  "deploy.labels",
  "devices",
  "dns",
  "dns_opt",
  "dns_search",
  "env_file",
  "environment",
  "expose",
  "labels",
  "links",
  "networks.*.aliases",
  "networks.*.link_local_ips",
  "ports",
  "profiles",
  "secrets",
  "sysctls",
  "tmpfs",
  "volumes",
]);

/** `path`: keys below the service or network. */
export function mergeKind(section: string, path: readonly string[]): MergeKind {
  const table = section === "services" ? service : section === "networks" ? network : {};
  const [first = "", last = ""] = path;
  if (section === "services" && path.length === 2 && first === "ulimits") return "replace";
  if (path.length > 2) return "plain";
  return table[path.length === 2 ? `${first}.${last}` : first] ?? "plain";
}

/** Whether a list of this place is freed of doubles. */
export function isUnique(section: string, path: readonly string[]): boolean {
  if (section === "networks") return path.join(".") === "labels";
  if (section !== "services") return false;
  const [first = "", , last = ""] = path;
  return unique.has(path.length === 3 ? `${first}.*.${last}` : path.join("."));
}
