import { setValue } from "../compose/value";
import type { HostInterface } from "../model/hostInterface";
import type { Fix, Report, Rule } from "./rule";
import { type ParentUse, engineInterfaces, ownBridges, parentUses } from "./support/parents";
import { refusalOf } from "./support/refusal";

export const unsuitableParent: Rule = {
  id: "unsuitable-parent",
  severity: "warning",
  summary: "The parent interface exists and cannot carry this network.",
  hasFix: true,
  checkNetworks(networks, { facts }, report) {
    const interfaces = engineInterfaces(facts);
    const bridges = ownBridges(networks);
    for (const use of parentUses(networks)) {
      const host = interfaces?.get(use.parent);
      const fault = byName(use, bridges) ?? (host && interfaces && byHost(use, host, interfaces));
      if (fault) report({ place: use.value.place, ...fault });
    }
  },
};

/** Names that the engine gives to bridges it makes. */
const dockersBridge = /^(?:docker0|docker_gwbridge|br-[0-9a-f]{12})$/;

type Fault = Omit<Report, "place">;

/** What the name alone tells. */
function byName(
  { network, driver, parent }: ParentUse,
  own: ReadonlySet<string>,
): Fault | undefined {
  if (parent === "lo") {
    return {
      severity: refusalOf(network),
      message:
        "Docker refuses the loopback interface as a parent: name the interface that is on the LAN.",
      engineMessage: `loopback interface is not a valid ${driver} parent link`,
    };
  }
  if (own.has(parent) || !dockersBridge.test(parent)) {
    return undefined;
  }
  return {
    message:
      `"${parent}" is a bridge of Docker's own: containers on "${network.key}" would be neighbours of that ` +
      "bridge's containers, not of the LAN. Name the interface that is on the LAN.",
  };
}

/** What is known of the interface. Worst first: one finding for a parent. */
function byHost(
  { network, driver, parent, value }: ParentUse,
  host: HostInterface,
  interfaces: ReadonlyMap<string, HostInterface>,
): Fault | undefined {
  const masterName = host.master;
  if (masterName) {
    const master = interfaces.get(masterName);
    // A bridge or bond takes all frames of its ports (rx_handler); other masters, such as a VRF, may not.
    const taken = master?.kind === "bridge" || master?.kind === "bond";
    const masterIsDockers = dockersBridge.test(masterName);
    return {
      severity: taken ? refusalOf(network) : "warning",
      message:
        `"${parent}" belongs to ${taken ? `the ${master.kind} ` : ""}"${masterName}", which takes all its frames: ` +
        `Docker makes the network, and ${taken ? "no container on it starts" : "its containers may not start"}. ` +
        `${masterIsDockers ? "Name the interface that is on the LAN" : `Use "${masterName}" as the parent`}.`,
      engineMessage: taken
        ? `failed to create the ${driver} port: device or resource busy`
        : undefined,
      fixes: (): readonly Fix[] => {
        const edit = masterIsDockers ? undefined : setValue(value, masterName);
        const title = `Use parent ${masterName}`;
        return edit ? [{ title, preferred: taken, safe: false, edits: [edit] }] : [];
      },
    };
  }
  // Only what has no hardware address (WireGuard, tun): macvlan needs Ethernet frames.
  if (host.kind === "tunnel" && host.mac === undefined && driver === "macvlan") {
    return {
      severity: refusalOf(network),
      message: `"${parent}" is a tunnel without Ethernet frames: Docker makes the network, and no container on it starts.`,
      engineMessage: "failed to create the macvlan port: invalid argument",
    };
  }
  if (!host.up) {
    return {
      message: `"${parent}" is down: Docker starts the containers, and they reach nobody until the interface is up.`,
    };
  }
  if (host.kind === "wireless" && driver === "macvlan") {
    return {
      message:
        `"${parent}" is wireless: access points drop frames from hardware addresses that did not log in, so the ` +
        "containers' own addresses rarely get through. Use a wired interface, or ipvlan, which keeps the host's address.",
    };
  }
  if (host.kind === "veth" && /^veth[0-9a-f]{7}$/.test(parent)) {
    return {
      message: `"${parent}" is the host's end of a container's cable: it is gone when that container stops.`,
    };
  }
  return undefined;
}
