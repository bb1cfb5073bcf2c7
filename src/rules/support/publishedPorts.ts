/** The ports of the host that a service takes for itself. */
import type { Place } from "../../compose/place";
import { readPorts } from "../../compose/ports";
import { parseAddress } from "../../model/cidr";
import type { AttachmentView, ServiceView } from "../context";
import { remembering } from "./remembering";
import { isStarted } from "./staticAddresses";

export interface PublishedPort {
  /** `8080/tcp` */
  readonly key: string;
  readonly number: number;
  /** Undefined for all addresses of the host, of both families. */
  readonly hostIp: string | undefined;
  /** `80/tcp`, in the container. */
  readonly target: string;
  readonly place: Place;
}

const none: readonly PublishedPort[] = [];

/**
 * Ports with one number each, of a service that is started and on bridge networks only: there each is
 * bound when the container starts. Of a range the engine takes one that is free, and of what a
 * variable hides nothing is known.
 */
export const publishedPorts = remembering((view: ServiceView): readonly PublishedPort[] => {
  const { service, attachments } = view;
  if (service.ports.length === 0 || !isStarted(service) || !bindsPorts(view)) return none;
  if (attachments.some(choosesAddress)) return none;
  return service.ports.flatMap(({ place, known, text, fields }) =>
    known ? (fields ? long(fields, place) : short(text, place)) : [],
  );
});

/** The same by key. */
export const publishedByKey = remembering(
  (view: ServiceView): ReadonlyMap<string, readonly PublishedPort[]> => {
    const ports = new Map<string, PublishedPort[]>();
    for (const port of publishedPorts(view)) {
      const same = ports.get(port.key);
      if (same) same.push(port);
      else ports.set(port.key, [port]);
    }
    return ports;
  },
);

/** The keys of its ports, each once. */
export function publishedKeys(view: ServiceView): readonly string[] {
  return publishedPorts(view).length === 0 ? [] : [...publishedByKey(view).keys()];
}

/** Whether both want one port of one address. */
export function portsCollide(a: PublishedPort, b: PublishedPort): boolean {
  return a.key === b.key && (a.hostIp === b.hostIp || covers(a, b) || covers(b, a));
}

/** Whether it is on all addresses of the host, of one family at least. */
export function coversAll({ hostIp }: PublishedPort): boolean {
  return hostIp === undefined || parseAddress(hostIp)?.value === 0n;
}

/** Whether what one is bound to is, or has in it, what the other is bound to. */
function covers({ hostIp }: PublishedPort, other: PublishedPort): boolean {
  if (hostIp === undefined) return true;
  const address = parseAddress(hostIp);
  if (address?.value !== 0n) return false;
  return other.hostIp === undefined || parseAddress(other.hostIp)?.family === address.family;
}

function bindsPorts({ service, attachments }: ServiceView): boolean {
  if (service.networkMode?.known === true) return service.networkMode.text === "bridge";
  return (
    service.networkMode === undefined &&
    service.networksKnown &&
    attachments.length > 0 &&
    attachments.length === service.networks.length &&
    attachments.every(({ network }) => network.driver === "bridge" && !network.internal)
  );
}

/** An option of the network says which address of the host ports are bound to, or that none is. */
function choosesAddress({ network }: AttachmentView): boolean {
  return (
    network.external ||
    network.declaration?.driverOpts.some(({ key }) =>
      /\.(?:host_binding_ipv4|gateway_mode_ipv[46])$/.test(key),
    ) === true
  );
}

function short(text: string, place: Place): readonly PublishedPort[] {
  return readPorts(text).ports.flatMap(({ hostIp, published, target, protocol }) =>
    one(published, hostIp, `${target}`, protocol, place),
  );
}

function long(fields: ReadonlyMap<string, string>, place: Place): readonly PublishedPort[] {
  const written = (key: string) => {
    const text = fields.get(key);
    return text === "" ? undefined : text;
  };
  const target = written("target") ?? "";
  const protocol = written("protocol") ?? "tcp";
  return one(written("published"), written("host_ip"), target, protocol, place);
}

function one(
  published: string | undefined,
  hostIp: string | undefined,
  target: string,
  protocol: string,
  place: Place,
): readonly PublishedPort[] {
  if (published === undefined || !/^[0-9]+$/.test(published) || Number(published) === 0) return [];
  const number = Number(published);
  const key = `${number}/${protocol}`;
  return [{ key, number, hostIp, target: `${target}/${protocol}`, place }];
}
