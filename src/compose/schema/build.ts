/** Shapes of `build`, `volumes` and other long keys of a service. */
import {
  anyStrings,
  boolean,
  extraHosts,
  integer,
  listOrMap,
  number,
  serviceFiles,
  string,
  ulimits,
} from "./common";
import { choice, list, map, oneOf, type } from "./shape";

export const build = oneOf(
  string,
  map({
    context: string,
    dockerfile: string,
    dockerfile_inline: string,
    entitlements: anyStrings,
    args: listOrMap,
    ssh: listOrMap,
    labels: listOrMap,
    cache_from: anyStrings,
    cache_to: anyStrings,
    no_cache: boolean,
    additional_contexts: listOrMap,
    network: string,
    provenance: type("string", "boolean"),
    sbom: type("string", "boolean"),
    pull: boolean,
    target: string,
    shm_size: integer,
    extra_hosts: extraHosts,
    isolation: string,
    privileged: boolean,
    secrets: serviceFiles,
    tags: anyStrings,
    ulimits,
    platforms: anyStrings,
    // Newer than Compose 2.40.
    no_cache_filter: oneOf(string, anyStrings),
  }),
);

export const volumes = list(
  oneOf(
    string,
    map(
      {
        type: choice("bind", "volume", "tmpfs", "cluster", "npipe", "image"),
        source: string,
        target: string,
        read_only: boolean,
        consistency: string,
        bind: map({
          propagation: string,
          create_host_path: boolean,
          recursive: choice("enabled", "disabled", "writable", "readonly"),
          selinux: choice("z", "Z"),
        }),
        volume: map({ labels: listOrMap, nocopy: boolean, subpath: string }),
        tmpfs: map({ size: oneOf(type("integer"), string), mode: number }),
        image: map({ subpath: string }),
      },
      { required: ["type"] },
    ),
  ),
  true,
);

const limit = map({ path: string, rate: integer }, { extensions: false });
const weight = map({ path: string, weight: integer }, { extensions: false });

export const blkioConfig = map(
  {
    device_read_bps: list(limit),
    device_read_iops: list(limit),
    device_write_bps: list(limit),
    device_write_iops: list(limit),
    weight: integer,
    weight_device: list(weight),
  },
  { extensions: false },
);
