/** What is wrong with a container on a network as it is now, without any compose file. PURE. */
import { formatAddress } from "../model/cidr";
import { isOtherMachine, plainMac } from "../model/otherMachine";
import { type Problem, type Way, pageOf } from "./problem";
import { type Tie, addressKey, parentOf } from "./tie";
import { disconnectIt, freeIt, giveOtherRange, moveIt } from "./ways";
import { type World, isInRange } from "./world";

/** Others on the same LAN with the same value; the tie itself is not among them. */
export interface Sharing {
  readonly value: string;
  readonly what: "address" | "mac";
  readonly others: readonly Tie[];
}

/** As many of the others get ways of their own. */
const mostNamed = 3;

/** What the facts do not tell is no problem. */
export function tieProblems(tie: Tie, sharing: readonly Sharing[], world: World): Problem[] {
  return [...sharing.map((shared) => takenTwice(tie, shared)), ...lanProblems(tie, world)];
}

function takenTwice(tie: Tie, { value, what, others }: Sharing): Problem {
  const names = namesOf(others, tie, 5);
  const few = namesOf(others, tie, 2);
  const named = [tie, ...others.slice(0, mostNamed)];
  if (what === "mac") {
    return {
      kind: "mac-taken",
      level: "warning",
      short: `same MAC as ${few}`,
      text: `The MAC address ${value} is also that of ${names}. A switch sends the frames for it to one of them only.`,
      // A MAC comes with the container, or of the engine: no command gives it another.
      ways: [pageOf("duplicate-mac"), ...named.map(disconnectIt)],
    };
  }
  return {
    kind: "address-taken",
    level: "warning",
    short: `same address as ${few}`,
    text: `The address ${value} is also claimed by ${names}. ${whatComesOf(tie, others)}`,
    ways: [
      ...named.map((one) => moveIt(one, value)),
      ...(others.length > mostNamed ? [freeIt(value)] : []),
      pageOf("duplicate-address"),
      ...named.map(disconnectIt),
    ],
  };
}

/** The engine keeps addresses apart within a network, and only among containers that run. */
function whatComesOf(tie: Tie, others: readonly Tie[]): string {
  const sameNetwork = others.every(({ network }) => network.id === tie.network.id);
  const running = others.filter(({ container }) => container.running);
  if (tie.container.running && running.length > 0) {
    return "Both answer for it on the LAN, so connections to it break.";
  }
  if (!sameNetwork) return "The engine does not compare networks: once both run, both answer.";
  const [other] = others;
  if (tie.container.running) {
    return `${other?.container.name ?? "The other"} does not run, and its start will fail with "Address already in use".`;
  }
  return running.length > 0
    ? 'This container does not run, and its start will fail with "Address already in use".'
    : "Neither runs; only one of them will start.";
}

/** The first so many. */
function namesOf(others: readonly Tie[], from: Tie, most: number): string {
  const names = others.slice(0, most).map((other) => nameOf(other, from));
  const more = others.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

function nameOf({ container, network }: Tie, from: Tie): string {
  return network.id === from.network.id ? container.name : `${container.name} (${network.name})`;
}

/** Ways out of a problem with an address that only this container has; what cuts it off comes last. */
function waysOff(tie: Tie, address: string, rule: string, ...more: readonly Way[]): Way[] {
  return [moveIt(tie, address), ...more, pageOf(rule), disconnectIt(tie)];
}

function lanProblems(tie: Tie, world: World): Problem[] {
  return tie.addresses.flatMap((address) => {
    const text = formatAddress(address);
    const key = addressKey(address);
    const host = world.hostAddresses.get(key);
    if (host !== undefined) return [ofHost(tie, text, host)];
    const parent = parentOf(tie.network);
    if (parent === undefined) return [];
    const problems: Problem[] = [];
    const { mac } = tie.attachment;
    const own = new Set(mac === undefined ? [] : [plainMac(mac)]);
    const device = world.neighbours
      .get(key)
      ?.find((neighbour) => isOtherMachine(neighbour, parent, own, world));
    if (device) problems.push(onLan(tie, text, device.mac ?? ""));
    const holder = world.reserved.get(key);
    const isOwn = holder !== undefined && isNameOf(tie, holder);
    if (holder !== undefined && !isOwn) problems.push(ofDevice(tie, text, holder));
    if (!isOwn && world.dhcp.some((range) => isInRange(address, range))) {
      problems.push(inDhcp(tie, text));
    }
    return problems;
  });
}

function ofHost(tie: Tie, address: string, device: string): Problem {
  return {
    kind: "address-of-host",
    level: "warning",
    short: "the host's own address",
    text: `${address} is the host's own address (${device}). Machines of the LAN reach now one and now the other.`,
    ways: waysOff(tie, address, "address-on-lan"),
  };
}

function onLan(tie: Tie, address: string, mac: string): Problem {
  return {
    kind: "address-on-lan",
    level: "warning",
    short: "another device answers",
    text: `Another device on the LAN answers for ${address} (MAC ${mac}). Docker does not ask the LAN before it gives an address.`,
    ways: waysOff(tie, address, "address-on-lan"),
  };
}

function ofDevice(tie: Tie, address: string, name: string): Problem {
  return {
    kind: "address-reserved",
    level: "warning",
    short: `reserved for ${name}`,
    text: `The setting macvlan.lan reserves ${address} for ${name}.`,
    ways: waysOff(tie, address, "address-on-lan"),
  };
}

function inDhcp(tie: Tie, address: string): Problem {
  const asked = tie.attachment.static === true;
  return {
    kind: "address-in-dhcp",
    level: "warning",
    short: "in the DHCP range",
    text: `${address} is in the range that the router hands out by DHCP: it may give it to another device. ${
      asked
        ? "Choose another address, or reserve this one in the router and in the setting macvlan.lan."
        : "Give the network an ip_range outside, or the container a fixed address."
    }`,
    ways: waysOff(
      tie,
      address,
      "address-in-dhcp-range",
      ...(asked ? [] : [giveOtherRange(tie.network)]),
    ),
  };
}

/** Whether a reservation is for the container: its name, or that of its service. */
function isNameOf({ container }: Tie, name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return [container.name, container.service ?? ""].some((own) => plain(own) === plain(name));
}
