import type { ServiceDeclaration } from "../compose/project";
import type { RuleContext } from "./context";
import type { Report, Rule } from "./rule";
import { nearest } from "./support/nearest";
import { startRefusal } from "./support/refusal";

export const networkModeTarget: Rule = {
  id: "network-mode-target",
  severity: "error",
  summary: "A network_mode names a service, a container or a network that is not there.",
  hasFix: false,
  needsWholeProject: true,
  check(context, report) {
    const { services } = context.project;
    for (const service of services) {
      const fault = namesNone(service) ? ofNone(context, service) : undefined;
      if (fault && service.networkMode) report({ place: service.networkMode.place, ...fault });
    }
    const users = services.filter((service) => service.enabled && modeOf(service) !== undefined);
    if (users.length === 0) return;
    const enabled = new Map(services.filter((s) => s.enabled).map((s) => [s.key, s]));
    for (const service of users) {
      const { networkMode } = service;
      const fault = networkMode && faultOf(context, service, modeOf(service) ?? "", enabled);
      if (fault) report({ place: networkMode.place, ...fault });
    }
  },
};

type Services = ReadonlyMap<string, ServiceDeclaration>;
type Fault = Omit<Report, "place">;

function modeOf({ networkMode }: ServiceDeclaration): string | undefined {
  return networkMode?.known === true && networkMode.text !== "" ? networkMode.text : undefined;
}

function faultOf(
  context: RuleContext,
  service: ServiceDeclaration,
  mode: string,
  enabled: Services,
): Fault | undefined {
  if (mode.startsWith("service:")) return ofService(context, service, mode.slice(8), enabled);
  if (mode.startsWith("container:")) return ofContainer(context, service, mode.slice(10));
  return ["", "bridge", "default", "host", "none"].includes(mode)
    ? undefined
    : ofNetwork(context, service, mode);
}

function ofService(
  { project }: RuleContext,
  { key }: ServiceDeclaration,
  target: string,
  enabled: Services,
): Fault | undefined {
  const other = enabled.get(target);
  if (!other) {
    const waits = project.services.some((service) => service.key === target);
    const meant = nearest(target, enabled.keys());
    const engineMessage = `service "${key}" depends on undefined service "${target}": invalid compose project`;
    if (!project.whole) {
      // The file may be one of several, and another one has the service: only what looks mistyped is worth a word.
      if (waits || meant === undefined) return undefined;
      return {
        severity: "information",
        message:
          `"${key}" shares the network of "${target}", which this file does not have: Compose refuses the ` +
          `project unless another of its files does. Did you mean "${meant}"?`,
        engineMessage,
        speaker: "Compose",
      };
    }
    return {
      message: waits
        ? `"${key}" shares the network of "${target}", whose profile is not active: Compose refuses the project.`
        : `"${key}" shares the network of "${target}", and there is no such service: Compose refuses the project.` +
          (meant === undefined ? "" : ` Did you mean "${meant}"?`),
      engineMessage,
      speaker: "Compose",
    };
  }
  const circle = circleFrom(key, enabled);
  if (!circle) return undefined;
  return {
    message:
      circle.length === 1
        ? `"${key}" cannot share its own network: Compose refuses the project.`
        : `The services ${circle.map((name) => `"${name}"`).join(", ")} share each other's network in a circle: ` +
          "Compose refuses the project.",
    engineMessage: `dependency cycle detected: ${fromFirst(circle).join(" -> ")}`,
    speaker: "Compose",
  };
}

/** As Compose tells it: from the first name, in their order, to that name again. */
function fromFirst(circle: readonly string[]): string[] {
  const [first = ""] = [...circle].sort();
  const at = circle.indexOf(first);
  return [...circle.slice(at), ...circle.slice(0, at), first];
}

/** The services from `start` back to itself by `network_mode: service:`, if that is where they lead. */
function circleFrom(start: string, enabled: Services): string[] | undefined {
  const way: string[] = [];
  for (let key = start; !way.includes(key);) {
    way.push(key);
    const service = enabled.get(key);
    const mode = service && modeOf(service);
    if (mode?.startsWith("service:") !== true) return undefined;
    key = mode.slice("service:".length);
    if (key === start) return way;
  }
  return undefined;
}

/** By name, or by the beginning of its id. */
function ofContainer(
  { facts, project }: RuleContext,
  service: ServiceDeclaration,
  target: string,
): Fault | undefined {
  const { containers } = facts;
  if (!containers) return undefined;
  const there = containers.some(({ name, id }) => name === target || id.startsWith(target));
  const own = project.services.some(
    ({ containerName, key }) =>
      containerName?.text === target || target.startsWith(`${project.name ?? ""}-${key}-`),
  );
  if (there || own) return undefined;
  return {
    severity: startRefusal(service),
    message: `The engine has no container "${target}" whose network "${service.key}" could share: it does not start.`,
    engineMessage: `No such container: ${target}`,
  };
}

/** Whether a service has an empty `network_mode`, and no networks either: Compose gives it no `default` then. */
function namesNone({ enabled, networkMode, networks }: ServiceDeclaration): boolean {
  return enabled && networkMode?.known === true && networkMode.text === "" && networks.length === 0;
}

/**
 * Compose connects such a service to nothing where it makes no network, else to that of the key `default`, and where
 * it makes others only, to the network with an empty name, which every network's id begins with (Compose 2.40.3,
 * defaultNetworkSettings; Engine 20.10 to 28.5).
 */
function ofNone({ networks }: RuleContext, service: ServiceDeclaration): Fault | undefined {
  const made = networks.filter(({ used }) => used);
  if (made.length === 0 || made.some(({ key }) => key === "default")) return undefined;
  return {
    severity: startRefusal(service),
    message:
      `The network_mode of "${service.key}" is empty, and Compose makes no default network here: it asks for a ` +
      "network without a name, and the container does not start. Leave network_mode out.",
    engineMessage: "network  is ambiguous",
  };
}

function ofNetwork(
  { facts, networks }: RuleContext,
  service: ServiceDeclaration,
  target: string,
): Fault | undefined {
  const live = facts.networks?.some(({ name, id }) => name === target || id.startsWith(target));
  const own = networks.filter(({ realName }) => realName === target || realName === undefined);
  if (live || own.some(({ used, external }) => used || external)) return undefined;
  const engineMessage = `network ${target} not found`;
  const [unused] = own;
  if (unused) {
    return {
      severity: live === undefined ? "warning" : startRefusal(service),
      message:
        `Compose makes "${unused.key}" only for services that have it among their networks, and no active one does: ` +
        `"${service.key}" does not start${live === undefined ? ", unless the engine has it already" : ""}.`,
      engineMessage,
    };
  }
  if (live === undefined) return undefined;
  return {
    severity: startRefusal(service),
    message: `The engine has no network "${target}": "${service.key}" does not start.`,
    engineMessage,
  };
}
