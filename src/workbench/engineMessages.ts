/**
 * What the engine's messages mean, in words, and what to do about it. PURE.
 *
 * Texts are matched, because they are all that the API gives. Each pattern was read in moby's
 * sources (20.10 to 29). The order counts: the first that matches wins.
 */

export interface Explanation {
  /** What is wrong; a sentence without a full stop, fit to stand behind "Could not ...:". */
  readonly reason: string;
  /** The way out; a whole sentence. */
  readonly nextStep: string;
}

interface Translation {
  readonly pattern: RegExp;
  readonly explain: (match: RegExpExecArray) => Explanation;
}

const translations: readonly Translation[] = [
  {
    pattern: /invalid subinterface vlan name (.*?), example formatting/,
    explain: ([, name = ""]) => ({
      reason: `there is no interface ${name} on the engine's host`,
      nextStep: "Choose a parent that the tree shows; names are case-sensitive.",
    }),
  },
  {
    pattern: /required interface name format is: .* instead received (.+)$/m,
    explain: ([, name = ""]) => ({
      reason: `${name} is neither an interface of the engine's host nor a name such as eth0.10`,
      nextStep: "Name an existing interface, or one interface, a dot and a VLAN id.",
    }),
  },
  {
    pattern: /unable to parse a valid vlan id from: (.*?) \(/,
    explain: ([, id = ""]) => ({
      reason: `"${id}" behind the dot of the parent is not a VLAN id`,
      nextStep: "Use a number from 1 to 4094, as in eth0.10.",
    }),
  },
  {
    pattern: /vlan id must be between 1-4094, received: (\S+)/,
    explain: ([, id = ""]) => ({
      reason: `VLAN id ${id} does not exist`,
      nextStep: "Use a number from 1 to 4094.",
    }),
  },
  {
    pattern: /-o parent interface (?:does )?was not found on the host: (\S+)/,
    explain: ([, name = ""]) => ({
      reason: `there is no interface ${name} on the engine's host to put the VLAN on`,
      nextStep: "Choose a parent that the tree shows; names are case-sensitive.",
    }),
  },
  {
    pattern: /failed to create (\S+) vlan link: operation not supported/,
    explain: ([, name = ""]) => ({
      reason: `the kernel of the engine's host cannot make the VLAN interface ${name}`,
      nextStep: 'It needs 802.1q support: run "sudo modprobe 8021q" there, then try again.',
    }),
  },
  {
    pattern: /(?:dummy link|dm-[0-9a-f]{12}|di-[0-9a-f]{12}).*operation not supported/,
    explain: () => ({
      reason:
        "the kernel of the engine's host cannot make the dummy parent of a network without one",
      nextStep: 'Choose a parent interface, or run "sudo modprobe dummy" there and try again.',
    }),
  },
  {
    pattern: /(macvlan|ipvlan).*operation not supported/,
    explain: ([, driver = ""]) => ({
      reason: `the kernel of the engine's host has no ${driver} support`,
      nextStep: `Run "sudo modprobe ${driver}" there, then try again.`,
    }),
  },
  {
    pattern: /operation not supported/,
    explain: () => ({
      reason: "the kernel of the engine's host lacks what this needs",
      nextStep:
        "A parent with a dot needs the module 8021q, a network without parent the module dummy, ipvlan the module ipvlan.",
    }),
  },
  {
    pattern: /Pool overlaps with other one on this address space/,
    explain: () => ({
      reason: "the subnet overlaps one that another Docker network uses",
      nextStep:
        "Choose a free subnet, or give this network an ip_range: then the engine lets networks share one LAN. If no network uses it, restarting the engine frees a pool that a failed attempt left behind.",
    }),
  },
  {
    pattern: /network (\S+) id \S+ has active endpoints|has active endpoints/,
    explain: ([, name]) => ({
      reason: `containers are still connected to ${name ? `network ${name}` : "the network"}`,
      nextStep: "Disconnect or stop them first.",
    }),
  },
  {
    pattern: /(?:dm|di)-([0-9a-f]{12}) is already using parent interface (\S+)/,
    explain: ([, id = "", parent = ""]) => ({
      reason: `the network with the id ${id} already uses the parent ${parent}`,
      nextStep:
        "One parent carries one macvlan network until Docker 27, and one ipvlan network always: use a VLAN of the parent, or that network.",
    }),
  },
  {
    pattern:
      /passthru.* is already using parent|already using parent interface (\S+) in mode passthru/,
    explain: () => ({
      reason: "a passthru network needs its parent for itself",
      nextStep: "Use another parent, or mode bridge.",
    }),
  },
  {
    pattern: /requested (macvlan|ipvlan) mode '(.*?)' is not valid/,
    explain: ([, driver = "", mode = ""]) => ({
      reason: `${driver} has no mode "${mode}"`,
      nextStep:
        driver === "macvlan"
          ? "Modes are bridge, private, vepa and passthru, in lower case."
          : "Modes are l2, l3 and l3s, in lower case.",
    }),
  },
  {
    pattern: /loopback interface is not a valid/,
    explain: () => ({
      reason: "the loopback interface lo leads to no LAN",
      nextStep: "Choose the interface that is plugged into the LAN.",
    }),
  },
  {
    pattern: /port: device or resource busy/,
    explain: () => ({
      reason: "the parent belongs to a bridge or bond, or carries both macvlan and ipvlan",
      nextStep: "Use the bridge or bond itself as parent, or one driver per parent.",
    }),
  },
  {
    pattern: /macvlan port: invalid argument/,
    explain: () => ({
      reason: "the passthru network already has its one container",
      nextStep: "Stop that container, or use mode bridge.",
    }),
  },
  {
    pattern: /requested parent interface (\S+) was not found on the Docker host/,
    explain: ([, name = ""]) => ({
      reason: `the network's parent ${name} no longer exists on the engine's host`,
      nextStep: "Bring the interface back, or make the network again on another parent.",
    }),
  },
  {
    pattern: /invalid subnet (\S+): it should be (\S+)/,
    explain: ([, written = "", right = ""]) => ({
      reason: `${written} is an address within a subnet, not a subnet`,
      nextStep: `Write ${right}.`,
    }),
  },
  {
    pattern: /MAC to "?(\S+?)"?: address already in use/,
    explain: ([, mac = ""]) => ({
      reason: `the MAC address ${mac} is already in use on this parent`,
      nextStep: "Choose another MAC address, or leave it to the engine.",
    }),
  },
  {
    pattern: /MAC to "?(\S+?)"?: cannot assign requested address/,
    explain: ([, mac = ""]) => ({
      reason: `${mac} is a group address, which no interface can have`,
      nextStep: "Use a MAC address with an even first byte, such as 02:42:...",
    }),
  },
  {
    pattern: /[Aa]ddress already in use/,
    explain: () => ({
      reason: "the address is taken in the engine",
      nextStep:
        "It belongs to a running container, or is the gateway, an excluded address, or the first or last of the subnet. Choose one that is free.",
    }),
  },
  {
    pattern: /contains? (?:the )?IP address (\S+)|Invalid address (\S+): It does not belong/,
    explain: ([, newer, older]) => ({
      reason: `${newer ?? older ?? "the address"} is in none of the network's subnets`,
      nextStep: "Choose an address of the subnet.",
    }),
  },
  {
    pattern: /no available IPv[46] addresses on this network's address pools: (\S+)/,
    explain: ([, name = ""]) => ({
      reason: `network ${name} has no free address left to hand out`,
      nextStep: "Give a fixed address outside its ip_range, or remove containers from it.",
    }),
  },
  {
    pattern: /supported only when connecting to networks with user configured subnets/,
    explain: () => ({
      reason: "the network was made without a subnet, so addresses cannot be chosen",
      nextStep: "Leave the address empty, or make the network again with a subnet.",
    }),
  },
  {
    pattern: /cannot program address (\S+) in sandbox interface because it conflicts/,
    explain: ([, address = ""]) => ({
      reason: `the container already has a network with the subnet of ${address}`,
      nextStep: "Disconnect that network first: a container can have a subnet only once.",
    }),
  },
  {
    pattern: /network with name (.+) already exists/,
    explain: ([, name = ""]) => ({
      reason: `there already is a network named ${name}`,
      nextStep: "Choose another name.",
    }),
  },
  {
    pattern: /container name "\/?([^"]*)" is already in use/,
    explain: ([, name = ""]) => ({
      reason: `there already is a container named ${name}`,
      nextStep: "Choose another name, or remove that container.",
    }),
  },
  {
    pattern: /endpoint with name (\S+) already exists in network (\S+)/,
    explain: ([, container = "", network = ""]) => ({
      reason: `container ${container} is already connected to ${network}`,
      nextStep: "Disconnect it first to give it another address.",
    }),
  },
  {
    pattern: /[Nn]o such image: (\S+)/,
    explain: ([, image = ""]) => ({
      reason: `the engine has no image ${image}`,
      nextStep: "Pull it first.",
    }),
  },
  {
    pattern: /pull access denied for (\S+?),/,
    explain: ([, image = ""]) => ({
      reason: `the registry has no image ${image}, or shows it only after a login`,
      nextStep: 'Check the name; for a private image run "docker login" first.',
    }),
  },
  {
    pattern: /network (\S+) not found/,
    explain: ([, name = ""]) => ({
      reason: `network ${name} no longer exists`,
      nextStep: "Refresh the tree.",
    }),
  },
  {
    pattern: /[Nn]o such container: (\S+)/,
    explain: ([, name = ""]) => ({
      reason: `container ${name} no longer exists`,
      nextStep: "Refresh the tree.",
    }),
  },
  {
    pattern: /[Cc]ontainer (\S+) is not running/,
    explain: () => ({
      reason: "the container is not running",
      nextStep: "Start it first.",
    }),
  },
  {
    pattern: /exec: "([^"]+)": executable file not found/,
    explain: ([, program = ""]) => ({
      reason: `the container has no program ${program}`,
      nextStep: "Its image was built without it.",
    }),
  },
];

/** Explanation of a message of the engine; undefined when it is not known. */
export function explainMessage(message: string): Explanation | undefined {
  for (const { pattern, explain } of translations) {
    const match = pattern.exec(message);
    if (match) return explain(match);
  }
  return undefined;
}
