/** The shapes of everything else at the top of a compose file. */
import { driverOptions, external, integer, listOrMap, name, string } from "./common";
import { service } from "./service";
import { type Shape, dictionary, list, map, oneOf, type } from "./shape";

const truth = type("boolean", "string");

const network = oneOf(
  type("object", "null"),
  map(
    {
      name: string,
      driver: string,
      driver_opts: driverOptions,
      ipam: map(
        {
          driver: string,
          config: list(
            map(
              {
                subnet: string,
                ip_range: string,
                gateway: string,
                aux_addresses: dictionary(string),
              },
              { ruled: true },
            ),
          ),
          options: dictionary(string),
        },
        { ruled: true },
      ),
      external,
      internal: truth,
      enable_ipv4: truth,
      enable_ipv6: truth,
      attachable: truth,
      labels: listOrMap,
    },
    { ruled: true },
  ),
);

const fileKeys = { name: string, file: string, environment: string, external, labels: listOrMap };

/** What the entries of each section are. */
export const entryShapes: Readonly<Record<string, Shape>> = {
  services: service,
  networks: network,
  volumes: oneOf(
    type("object", "null"),
    map({ name: string, driver: string, driver_opts: driverOptions, external, labels: listOrMap }),
  ),
  secrets: map({
    ...fileKeys,
    driver: string,
    driver_opts: driverOptions,
    template_driver: string,
  }),
  configs: map({ ...fileKeys, content: string, template_driver: string }),
};

/** Sections in which a key that is not a name is refused; `networks` takes any and looks no further. */
export const closedSections: ReadonlySet<string> = new Set([
  "services",
  "volumes",
  "secrets",
  "configs",
]);
export const entryName = name;

/** What stands at the top besides the sections. */
export const topLevel = map({
  version: string,
  name: string,
  // Taken away before the schema is asked: see include.ts.
  include: type("array", "null", "object", "string", "number", "boolean"),
  models: dictionary(
    map(
      {
        name: string,
        model: string,
        context_size: integer,
        runtime_flags: list(string),
      },
      { required: ["model"], open: true },
    ),
    name,
    { open: true },
  ),
});
