/** `macvlan-check resolve`: the networks of a project, in the form of `docker compose config`. */
import type {
  ComposeProject,
  Entry,
  IpamEntry,
  NetworkDeclaration,
  ServiceDeclaration,
  ServiceNetwork,
} from "../compose/project";
import { goNumber } from "../compose/goNumber";
import type { Value } from "../compose/value";
import { refusingRules } from "../rules/support/composeRules";
import { rules } from "../rules/index";
import { fullMessage } from "../rules/message";
import type { Finding } from "../rules/rule";
import { runRules } from "../rules/run";
import type { ResolveCommand } from "./arguments";
import { CliError } from "./cliError";
import { TextFiles } from "./files";
import { portsJson } from "./ports";
import { commonRequest, projectOf } from "./projects";
import { Places } from "./whereabouts";

/** The JSON text; a `CliError` where Compose refuses the files, or they cannot be read. */
export function resolveProject(command: ResolveCommand): string {
  const files = new TextFiles();
  const project = projectOf(command.paths, commonRequest(command, files), files).project();
  const [first] = refusalsOf(project);
  if (first) {
    const { path, start } = new Places(
      new Map([[first.place.path, project.textOf(first.place.path) ?? ""]]),
    ).at(first.place);
    throw new CliError(`${path}:${start.line}:${start.column}: ${fullMessage(first, "")}`);
  }
  return `${JSON.stringify(projectJson(project), undefined, 2)}\n`;
}

/** Why Compose refuses the project, if it does. */
export function refusalsOf(project: ComposeProject): Finding[] {
  const own = rules.filter(({ id }) => refusingRules.has(id));
  return runRules(own, project, {}).filter(({ severity }) => severity === "error");
}

/** Like Compose: only services with an active profile, and only networks that one of them uses. */
export function projectJson(project: ComposeProject): object {
  const services = project.services.filter(({ enabled }) => enabled);
  const used = new Set(services.flatMap(({ networks }) => networks.map(({ key }) => key)));
  const networks = new Map<string, object>();
  for (const declaration of project.networks) {
    if (used.has(declaration.key)) networks.set(declaration.key, networkJson(declaration, project));
  }
  if (used.has("default") && !networks.has("default")) {
    networks.set("default", { name: `${project.nameNow}_default`, ipam: {} });
  }
  return {
    name: project.nameNow,
    networks: sorted(networks),
    services: sorted(new Map(services.map((service) => [service.key, serviceJson(service)]))),
  };
}

function networkJson(network: NetworkDeclaration, project: ComposeProject): object {
  const { key, name, external, realName } = network;
  // Compose takes nothing in the place of an unset variable.
  const asNow = name
    ? name.text || undefined
    : external === true
      ? key
      : `${project.nameNow}_${key}`;
  const given = realName ?? asNow;
  return written({
    name: given === undefined ? undefined : escaped(given),
    driver: text(network.driver),
    driver_opts: texts(network.driverOpts),
    ipam: written({
      driver: text(network.ipamDriver),
      config: network.ipam.length === 0 ? undefined : network.ipam.map(poolJson),
    }),
    external: network.external === true || undefined,
    internal: network.internal === true || undefined,
    enable_ipv6: network.enableIpv6Value && network.enableIpv6,
  });
}

function poolJson(entry: IpamEntry): object {
  return written({
    subnet: text(entry.subnet),
    gateway: text(entry.gateway),
    ip_range: text(entry.ipRange),
    aux_addresses: texts(entry.aux),
  });
}

function serviceJson(service: ServiceDeclaration): object {
  const ties = new Map(service.networks.map((tie) => [tie.key, tieJson(tie)]));
  return written({
    mac_address: text(service.mac),
    network_mode: text(service.networkMode),
    networks: ties.size === 0 ? undefined : sorted(ties),
    ports: portsJson(service.ports),
    scale: service.scaleValue && service.replicas,
  });
}

/** `null` when nothing is written below the network's name. */
function tieJson(tie: ServiceNetwork): object | null {
  const json = written({
    ipv4_address: text(tie.ipv4),
    ipv6_address: text(tie.ipv6),
    mac_address: text(tie.mac),
    link_local_ips: list(tie.linkLocal),
    aliases: list(tie.aliases),
    interface_name: text(tie.interfaceName),
    driver_opts: texts(tie.driverOpts),
    priority: tie.priority === 0 ? undefined : tie.priority,
    gw_priority: tie.gwPriority === 0 ? undefined : tie.gwPriority,
  });
  return Object.keys(json).length === 0 && !tie.written ? null : json;
}

/** What is printed is a compose file again, in which a dollar sign begins a variable. */
function escaped(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** Empty texts are left out, as Compose does. */
function text(value: Value | undefined): string | undefined {
  return value === undefined || value.text === "" ? undefined : escaped(value.text);
}

function list(values: readonly Value[]): string[] | undefined {
  return values.length === 0 ? undefined : values.map((value) => escaped(value.text));
}

function texts(entries: readonly Entry[]): Record<string, string> | undefined {
  if (entries.length === 0) return undefined;
  return sorted(new Map(entries.map(({ key, value }) => [escaped(key), goText(value)])));
}

/** A number as Compose makes a text of it. */
function goText({ text, type }: Value): string {
  return (type === "number" ? goNumber(text) : undefined) ?? escaped(text);
}

/** Without the keys that have no value. */
function written(json: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

function sorted<T>(entries: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
