import type { Place } from "../compose/place";
import type { ServiceDeclaration } from "../compose/project";
import { removeEntry } from "../compose/removeEntry";
import type { ServiceOption } from "../compose/serviceOptions";
import type { RuleContext } from "./context";
import type { Fix, Rule } from "./rule";
import { startRefusal } from "./support/refusal";

export const networkModeOptions: Rule = {
  id: "network-mode-options",
  severity: "error",
  summary:
    "A service that has the network of another, or of the host, asks for something of its own there.",
  hasFix: true,
  checkService({ service }, _, report) {
    const { networkMode, key } = service;
    const owner = networkMode?.known === true ? ownerOf(networkMode.text) : undefined;
    if (!networkMode || !owner) return;
    for (const asked of asksOf(service)) {
      const engineMessage = owner.refusal(asked);
      if (engineMessage === undefined) continue;
      report({
        place: asked.place,
        severity: startRefusal(service),
        message:
          `"${key}" has the network of ${owner.name}, so Docker refuses ${asked.key} of its own: the container does ` +
          `not start. ${owner.isHost ? "Leave it out." : `Write ${asked.key} at ${owner.name} instead.`}`,
        related: [{ place: networkMode.place, message: "The network mode." }],
        engineMessage,
        fixes: (context) => removal(asked, context),
      });
    }
  },
};

interface Asked {
  readonly key: ServiceOption["key"] | "ports";
  /** Key and value together. */
  readonly place: Place;
  readonly values: ServiceOption["values"];
}

function asksOf({ options, ports, portsPlace }: ServiceDeclaration): Asked[] {
  const published = portsPlace && ports.length > 0;
  return [
    ...options,
    ...(published ? [{ key: "ports" as const, place: portsPlace, values: [] }] : []),
  ];
}

interface Owner {
  /** In a sentence: `"vpn"`, `the host`. */
  readonly name: string;
  readonly isHost: boolean;
  /** The engine's words, where it refuses that a container of this network asks for it. */
  readonly refusal: (asked: Asked) => string | undefined;
}

function ownerOf(mode: string): Owner | undefined {
  if (mode === "host") return { name: "the host", isHost: true, refusal: onHost };
  const [, kind, name] = /^(service|container):(.+)$/s.exec(mode) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  const shown = kind === "service" ? `"${name}"` : `container ${name}`;
  return { name: shown, isHost: false, refusal: ({ key }) => joined[key] };
}

/** moby validateNetContainerMode. */
const joined: Readonly<Partial<Record<Asked["key"], string>>> = {
  hostname: "conflicting options: hostname and the network mode",
  links: "conflicting options: container type network can't be used with links",
  dns: "conflicting options: dns and the network mode",
  extra_hosts: "conflicting options: custom host-to-IP mapping and the network mode",
  ports: "conflicting options: port publishing and the container type network mode",
  expose: "conflicting options: port exposing and the container type network mode",
};

/** moby validateNetMode; runc on settings of a network namespace that is the host's. */
function onHost({ key, values }: Asked): string | undefined {
  if (key === "links") return "conflicting options: host type networking can't be used with links";
  if (key !== "sysctls") return undefined;
  const names = values.map(({ name, value }) => name ?? value.text.replace(/=.*/s, ""));
  const own = names.find((name) => name.startsWith("net."));
  return own === undefined ? undefined : `sysctl "${own}" not allowed in host network namespace`;
}

function removal({ key, place }: Asked, { project }: RuleContext): readonly Fix[] {
  const text = project.textOf(place.path);
  const edit = text === undefined ? undefined : removeEntry(text, place);
  return edit ? [{ title: `Remove ${key}`, preferred: true, safe: false, edits: [edit] }] : [];
}
