/**
 * `GET /containers/json`, as model values. Written for tens of thousands of them: what says the same
 * as before is compared in place, and nothing is made for it.
 */
import type { Attachment, EngineContainer } from "../model/attachment";
import { list, record, text } from "../model/json";
import { hostReaderLabel } from "./hostContainer";

type Item = Readonly<Record<string, unknown>>;

/**
 * What was read before, by id. An object that still says the same is taken over as it is, so that
 * nobody works anew for nothing.
 */
export type Known<T> = Pick<ReadonlyMap<string, T>, "get">;

/** `GET /containers/json?all=1`, in the engine's order. */
export function containersFromEngine(
  payload: unknown,
  known?: Known<EngineContainer>,
): EngineContainer[] {
  const containers: EngineContainer[] = [];
  for (const item of list(payload)) {
    const container = containerFromEngine(item, known);
    if (container) containers.push(container);
  }
  return containers;
}

/** One element of `GET /containers/json`; undefined without an id, and for our own that read a host. */
export function containerFromEngine(
  payload: unknown,
  known?: Known<EngineContainer>,
): EngineContainer | undefined {
  const item = record(payload);
  const id = text(item["Id"]);
  if (id === undefined) return undefined;
  const state = text(item["State"]);
  const image = text(item["Image"]);
  const labels = record(item["Labels"]);
  if (hostReaderLabel in labels) return undefined;
  const project = text(labels["com.docker.compose.project"]);
  const service = text(labels["com.docker.compose.service"]);
  const files = text(labels["com.docker.compose.project.config_files"]);
  const folder = text(labels["com.docker.compose.project.working_dir"]);
  const name = containerName(item["Names"]) ?? id.slice(0, 12);
  const networks = record(record(item["NetworkSettings"])["Networks"]);
  const before = known?.get(id);
  if (
    before?.name === name &&
    before.state === state &&
    before.image === image &&
    before.project === project &&
    before.service === service &&
    before.composeFolder === folder &&
    before.composeFiles?.join(",") === files &&
    areAttachments(before.attachments, networks)
  ) {
    return before;
  }
  return {
    id,
    name,
    // A paused container keeps its interfaces; `restarting` counts as running for the engine too.
    running: state === "running" || state === "paused" || state === "restarting",
    ...(state !== undefined && { state }),
    ...(image !== undefined && { image }),
    ...(project !== undefined && { project }),
    ...(service !== undefined && { service }),
    // Compose separates them by commas, and does nothing for a file with a comma in its name.
    ...(files !== undefined && { composeFiles: files.split(",") }),
    ...(folder !== undefined && { composeFolder: folder }),
    attachments: attachmentsFromEngine(networks),
  };
}

/** `/name`; a legacy link adds names such as `/other/alias`. */
function containerName(payload: unknown): string | undefined {
  const names = list(payload);
  const own = names.length < 2 ? names[0] : (names.find(isOwn) ?? names[0]);
  return text(own)?.replace(/^\//, "");
}

function isOwn(name: unknown): boolean {
  return text(name)?.includes("/", 1) === false;
}

function attachmentsFromEngine(networks: Item): Attachment[] {
  const attachments = Object.keys(networks).map((network) => {
    const { ipv4, ipv6, mac, isStatic } = endpointOf(record(networks[network]));
    return {
      network,
      ...(ipv4 !== undefined && { ipv4 }),
      ...(ipv6 !== undefined && { ipv6 }),
      ...(mac !== undefined && { mac }),
      ...(isStatic && { static: true }),
    };
  });
  return attachments.sort((a, b) => (a.network < b.network ? -1 : a.network > b.network ? 1 : 0));
}

/** Whether the endpoints are those that `attachments` were made from. */
function areAttachments(attachments: readonly Attachment[], networks: Item): boolean {
  let count = 0;
  for (const network of Object.keys(networks)) {
    count++;
    const before =
      attachments[0]?.network === network
        ? attachments[0]
        : attachments.find((attachment) => attachment.network === network);
    if (!before) return false;
    const { ipv4, ipv6, mac, isStatic } = endpointOf(record(networks[network]));
    if (before.ipv4 !== ipv4 || before.ipv6 !== ipv6 || before.mac !== mac) return false;
    if ((before.static === true) !== isStatic) return false;
  }
  return count === attachments.length;
}

/**
 * A stopped container has no addresses, only what it asked for: IPAMConfig. Some versions leave
 * IPAMConfig away (null), some give `{}` when nothing was asked for.
 */
function endpointOf(item: Item): {
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  readonly mac: string | undefined;
  readonly isStatic: boolean;
} {
  const asked = record(item["IPAMConfig"]);
  const [claimed4, claimed6] = [text(asked["IPv4Address"]), text(asked["IPv6Address"])];
  return {
    ipv4: text(item["IPAddress"]) ?? claimed4,
    ipv6: text(item["GlobalIPv6Address"]) ?? claimed6,
    mac: text(item["MacAddress"])?.toLowerCase(),
    isStatic: claimed4 !== undefined || claimed6 !== undefined,
  };
}
