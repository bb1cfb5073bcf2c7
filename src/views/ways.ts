/** The commands that end a problem of the tree. PURE. */
import { commandIds } from "../ids";
import { canonicalPrefix, containsAddress, parseAddress, parsePrefix } from "../model/cidr";
import type { HostInterface } from "../model/hostInterface";
import type { EngineNetwork } from "../model/network";
import type { Way } from "./problem";
import type { Tie } from "./tie";
import type { World } from "./world";

/** As many parents are named; with more, the command asks. */
const mostParents = 2;

/** `from`: the address to give up; the one to offer instead is of its family. */
export function moveIt({ container, network }: Tie, from: string): Way {
  return {
    title: `Give ${container.name} another address on ${network.name}`,
    command: commandIds.changeAddress,
    args: [{ container: container.id, network: network.id, from }],
  };
}

/** Asks which of those who have the address is to give it up. */
export function freeIt(address: string): Way {
  return {
    title: `Choose who gives up ${address}`,
    command: commandIds.freeAddress,
    args: [address],
  };
}

export function disconnectIt({ container, network }: Tie): Way {
  return {
    title: `Disconnect ${container.name} from ${network.name}`,
    command: commandIds.disconnectContainer,
    args: [{ container: container.id, network: network.id }],
  };
}

export function giveOtherRange({ id, name }: EngineNetwork): Way {
  return {
    title: `Recreate ${name} with another range`,
    command: commandIds.recreateNetwork,
    args: [id],
  };
}

export function moveTo({ id, name }: EngineNetwork, parent: string): Way {
  return {
    title: `Recreate ${name} on ${parent}`,
    command: commandIds.recreateNetwork,
    args: [id, { parent }],
  };
}

/** On each interface of the host that is in the network's subnet, else on one that the command asks for. */
export function moveElsewhere(network: EngineNetwork, { hosts }: World): Way[] {
  const subnets = (network.ipam ?? []).flatMap(({ subnet }) => parsePrefix(subnet ?? "") ?? []);
  const isInSubnet = ({ addresses }: HostInterface) =>
    addresses.some((text) => {
      const address = parseAddress(text.split("/")[0] ?? "");
      return (
        address !== undefined &&
        subnets.some((subnet) => containsAddress(canonicalPrefix(subnet), address))
      );
    });
  const names = [...(hosts?.values() ?? [])]
    .filter((host) => canCarry(host, network) && isInSubnet(host))
    .map(({ name }) => name);
  if (names.length > 0 && names.length <= mostParents) {
    return names.map((name) => moveTo(network, name));
  }
  return [
    {
      title: `Recreate ${network.name} on another parent`,
      command: commandIds.recreateNetwork,
      args: [network.id],
    },
  ];
}

function canCarry({ kind, up, master }: HostInterface, { driver }: EngineNetwork): boolean {
  if (!up || master) return false;
  if (kind === "wireless") return driver === "ipvlan";
  return kind !== "loopback" && kind !== "veth" && kind !== "macvlan" && kind !== "tunnel";
}

export function removeIt({ id, name }: EngineNetwork): Way {
  return { title: `Remove network ${name}`, command: commandIds.removeNetwork, args: [id] };
}
