/** What the engine says when it makes or removes a network; see engineMessages.ts. PURE. */
import type { Translation } from "./engineMessages";

/** The order counts: the first that matches wins. */
export const messagesOfNetworks: readonly Translation[] = [
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
      nextStep:
        `Run "sudo modprobe ${driver}" there, then try again. ` +
        `It needs Linux ${driver === "ipvlan" ? "4.2" : "3.9"} or newer.`,
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
    pattern: /invalid subnet (\S+): it should be (\S+)/,
    explain: ([, written = "", right = ""]) => ({
      reason: `${written} is an address within a subnet, not a subnet`,
      nextStep: `Write ${right}.`,
    }),
  },
  {
    pattern: /failed to allocate gateway \((.+?)\): Address already in use/,
    explain: ([, address = ""]) => ({
      reason: `the gateway ${address} is taken: it is the first or last address of its subnet, or another network that shares the subnet has it`,
      nextStep: "Give the address of the LAN's router, or another one of the subnet.",
    }),
  },
  {
    pattern:
      /failed to allocate secondary ip address \((.+?):([0-9a-fA-F.:]+)\): Address already in use/,
    explain: ([, name = "", address = ""]) => ({
      reason: `the excluded address "${name}" (${address}) is taken: by the gateway, by another excluded address, or by the subnet itself`,
      nextStep:
        "Leave it out, or name a gateway: without one Docker 28 and older take the first address of the range.",
    }),
  },
  {
    pattern: /auxiliary address: \((.+?):(.+?)\) must belong to the master pool: (\S+)/,
    explain: ([, name = "", address = "", subnet = ""]) => ({
      reason: `the excluded address "${name}" (${address}) is not in the subnet ${subnet}`,
      nextStep:
        "Correct it. This engine keeps the subnet blocked after such a refusal until it is restarted.",
    }),
  },
  {
    pattern: /invalid auxiliary address (\S+): parent subnet/,
    explain: ([, name = ""]) => ({
      reason: `the excluded address "${name}" is not in the subnet`,
      nextStep: "Correct it, or leave it out.",
    }),
  },
  {
    pattern: /invalid ip-range (\S+): it should be (\S+)/,
    explain: ([, written = "", right = ""]) => ({
      reason: `${written} does not begin where a range of that size begins`,
      nextStep: `Write ${right}.`,
    }),
  },
  {
    pattern: /invalid ip-range (\S+): (?:parent subnet (\S+) doesn't contain|CIDR block is bigger)/,
    explain: ([, range = "", subnet]) => ({
      reason: `the range ${range} is not within ${subnet ? `the subnet ${subnet}` : "its subnet"}`,
      nextStep: "Choose a part of the subnet.",
    }),
  },
  {
    pattern: /invalid gateway (\S+): parent subnet (\S+) doesn't contain/,
    explain: ([, gateway = "", subnet = ""]) => ({
      reason: `the gateway ${gateway} is not in the subnet ${subnet}`,
      nextStep: "Give the address of the LAN's router.",
    }),
  },
  {
    pattern: /failed to allocate gateway \((.+?)\): Requested address is out of range/,
    explain: ([, gateway = ""]) => ({
      reason: `the gateway ${gateway} is not in the subnet`,
      nextStep: "Give the address of the LAN's router.",
    }),
  },
  {
    pattern: /failed to allocate gateway \(.*?\): [Nn]o available addresses on this pool/,
    explain: () => ({
      reason: "the subnet is too small for a gateway",
      nextStep: "Docker 20.10 needs a /30 or larger; later ones take a /31 with a gateway.",
    }),
  },
  {
    pattern: /[Ii]nvalid subnet ?(\S*?)\s*: invalid CIDR (?:block notation|address)/,
    explain: ([, subnet = ""]) => ({
      reason: subnet === "" ? "a pool has no subnet" : `${subnet} is no subnet`,
      nextStep: "Write one such as 192.168.1.0/24.",
    }),
  },
  {
    pattern: /could not find an available, non-overlapping IPv6 address pool/,
    explain: () => ({
      reason: "IPv6 is on, and there is no IPv6 subnet",
      nextStep: "Add one, such as fd00:10::/64, or turn IPv6 off.",
    }),
  },
  {
    pattern: /plugin "(.+?)" not found/,
    explain: ([, driver = ""]) => ({
      reason: `there is no network driver ${driver}`,
      nextStep: "Drivers are macvlan, ipvlan and bridge, in lower case.",
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
    pattern: /invalid (gateway|ip-range|auxiliary address) (\S+): parent subnet is an IPv([46])/,
    explain: ([, what = "", text = "", family = ""]) => ({
      reason: `the ${what} ${text} is of the other family than its subnet, which is IPv${family}`,
      nextStep: "Write it beside the subnet that it belongs to.",
    }),
  },
  {
    pattern:
      /invalid gateway (?:address )?\s*(\S+?)\s*(?:: invalid address| in Ipam configuration)/,
    explain: ([, gateway = ""]) => ({
      reason: `${gateway} is no address, as a gateway is`,
      nextStep: "Write it without a prefix length, such as 192.168.1.1.",
    }),
  },
  {
    pattern: /invalid ip-range (\S+): invalid CIDR|subpool "(.+?)": Invalid Address SubPool/,
    explain: ([, newer, older]) => ({
      reason: `${newer ?? older ?? ""} is no range that Docker reads`,
      nextStep: "Write it in CIDR form, such as 192.168.1.192/27.",
    }),
  },
  {
    pattern: /subpool "(.+?)": failed to compute range's lowest ip address/,
    explain: ([, range = ""]) => ({
      reason: `the range ${range} is of the other family than its subnet`,
      nextStep: "Write it beside the subnet that it belongs to.",
    }),
  },
  {
    pattern: /invalid name:|not permitted on predefined (\S+) network/,
    explain: ([, name]) => ({
      reason: name ? `Docker keeps the name ${name} to itself` : "a network needs a name",
      nextStep: "Choose another name.",
    }),
  },
];
