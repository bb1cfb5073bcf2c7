/** Shapes of `deploy`, `develop` and the hooks of a service. */
import {
  boolean,
  command,
  integer,
  listOrMap,
  number,
  string,
  stringOrList,
  strings,
  anyStrings,
} from "./common";
import { choice, list, map, oneOf, type } from "./shape";

const hookKeys = {
  command,
  user: string,
  privileged: boolean,
  working_dir: string,
  environment: listOrMap,
};
export const hook = map(hookKeys, { required: ["command"] });
/** Newer than Compose 2.40. */
export const startHook = map({ ...hookKeys, image: string }, { open: true });

const deviceKeys = {
  capabilities: strings,
  count: integer,
  device_ids: strings,
  driver: string,
  options: listOrMap,
};
export const gpus = oneOf(choice("all"), list(map(deviceKeys, { open: true })));

const update = map({
  parallelism: integer,
  delay: string,
  failure_action: string,
  monitor: string,
  max_failure_ratio: number,
  order: choice("start-first", "stop-first"),
});

export const deploy = oneOf(
  type("object", "null"),
  map({
    mode: string,
    endpoint_mode: string,
    replicas: integer,
    labels: listOrMap,
    rollback_config: update,
    update_config: update,
    resources: map({
      limits: map({ cpus: number, memory: string, pids: integer }),
      reservations: map({
        cpus: number,
        memory: string,
        generic_resources: list(
          map({ discrete_resource_spec: map({ kind: string, value: number }) }),
        ),
        devices: list(map(deviceKeys, { required: ["capabilities"] })),
      }),
    }),
    restart_policy: map({
      condition: string,
      delay: string,
      max_attempts: integer,
      window: string,
    }),
    placement: map({
      constraints: anyStrings,
      preferences: list(map({ spread: string })),
      max_replicas_per_node: integer,
    }),
  }),
);

export const develop = oneOf(
  type("object", "null"),
  map({
    watch: list(
      map(
        {
          ignore: stringOrList,
          include: stringOrList,
          path: string,
          action: choice("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
          target: string,
          exec: hook,
          initial_sync: type("boolean"),
        },
        { required: ["path", "action"] },
      ),
    ),
  }),
);
