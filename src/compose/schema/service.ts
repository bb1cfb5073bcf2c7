/** The shape of a service (compose-spec.json, definitions/service). */
import { blkioConfig, build, volumes } from "./build";
import {
  anyStrings,
  boolean,
  command,
  driverOptions,
  extraHosts,
  integer,
  listOrMap,
  name,
  number,
  serviceFiles,
  string,
  stringOrList,
  stringOrNumber,
  strings,
  ulimits,
} from "./common";
import { deploy, develop, gpus, hook, startHook } from "./deploy";
import { choice, dictionary, list, map, matching, oneOf, type } from "./shape";

const tie = oneOf(
  map(
    {
      aliases: strings,
      interface_name: string,
      ipv4_address: string,
      ipv6_address: string,
      link_local_ips: strings,
      mac_address: string,
      driver_opts: driverOptions,
      priority: type("number"),
      gw_priority: type("number"),
    },
    { ruled: true },
  ),
  type("null"),
);

const port = oneOf(
  type("number"),
  string,
  map({
    name: string,
    mode: string,
    host_ip: string,
    target: integer,
    published: integer,
    protocol: string,
    app_protocol: string,
  }),
);

const dependency = map(
  {
    restart: boolean,
    required: type("boolean"),
    condition: choice("service_started", "service_healthy", "service_completed_successfully"),
  },
  { required: ["condition"] },
);

const texts = [
  "cgroup_parent cpuset domainname hostname image ipc isolation mac_address",
  "network_mode platform pull_policy pull_refresh_after restart runtime stop_grace_period",
  "stop_signal user uts userns_mode working_dir",
];
const booleans = "attach init oom_kill_disable privileged read_only stdin_open tty";
const numbers =
  "cpu_shares cpu_quota cpu_period cpu_rt_period cpu_rt_runtime cpus mem_limit memswap_limit pids_limit shm_size";
const integers = "mem_reservation mem_swappiness scale";
const lists =
  "cap_add cap_drop device_cgroup_rules dns_opt external_links links profiles security_opt volumes_from";

function each<T>(names: string, shape: T): Record<string, T> {
  return Object.fromEntries(names.split(" ").map((key) => [key, shape]));
}

export const service = map({
  ...each(texts.join(" "), string),
  ...each(booleans, boolean),
  ...each(numbers, number),
  ...each(integers, integer),
  ...each(lists, strings),
  ...each("cpu_count cpu_percent oom_score_adj", oneOf(string, type("integer"))),
  ...each("annotations environment labels sysctls", listOrMap),
  ...each("configs secrets", serviceFiles),
  ...each("dns dns_search tmpfs", stringOrList),
  ...each("command entrypoint", command),
  blkio_config: blkioConfig,
  build,
  cgroup: choice("host", "private"),
  container_name: matching("[a-zA-Z0-9][a-zA-Z0-9_.-]+"),
  credential_spec: map({ config: string, file: string, registry: string }),
  depends_on: oneOf(strings, dictionary(dependency, name)),
  deploy,
  develop,
  devices: list(
    oneOf(
      string,
      map({ source: string, target: string, permissions: string }, { required: ["source"] }),
    ),
  ),
  env_file: oneOf(
    string,
    list(
      oneOf(
        string,
        map(
          { path: string, format: string, required: boolean },
          { required: ["path"], extensions: false },
        ),
      ),
    ),
  ),
  expose: list(stringOrNumber, true),
  extends: oneOf(
    string,
    // Without a service it is refused before the schema is asked: see extends.ts.
    map({ service: string, file: string }, { extensions: false }),
  ),
  extra_hosts: extraHosts,
  gpus,
  group_add: list(stringOrNumber, true),
  healthcheck: map({
    disable: boolean,
    interval: string,
    retries: number,
    test: oneOf(string, anyStrings),
    timeout: string,
    start_period: string,
    start_interval: string,
  }),
  label_file: oneOf(string, anyStrings),
  logging: map({
    driver: string,
    options: dictionary(type("string", "number", "null"), undefined, { open: true }),
  }),
  models: oneOf(
    strings,
    dictionary(oneOf(map({ endpoint_var: string, model_var: string }), type("null")), name, {
      open: true,
    }),
  ),
  networks: oneOf(strings, dictionary(tie, name)),
  pid: type("string", "null"),
  ports: list(port, true),
  post_start: list(hook),
  // Newer than Compose 2.40.
  pre_start: list(startHook),
  pre_stop: list(hook),
  provider: map({ type: string, options: map({}, { open: true }) }, { required: ["type"] }),
  storage_opt: map({}, { open: true }),
  ulimits,
  use_api_socket: type("boolean"),
  volumes,
});
