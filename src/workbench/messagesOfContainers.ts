/** What the engine says when a container is run, started or connected; see engineMessages.ts. PURE. */
import type { Translation } from "./engineMessages";

/** The order counts: the first that matches wins. */
export const messagesOfContainers: readonly Translation[] = [
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
    // The driver says it of a network whose parent it did not find when the engine started; nothing that can be asked
    // tells, also when the parent is back. moby libnetwork/drivers/macvlan/macvlan_store.go, populateNetworks
    pattern: /endpoint \S+ on network (\S+): network id "[0-9a-f]+" not found/,
    explain: ([, name = ""]) => ({
      reason: `the engine did not find the parent of network ${name} when it started, and has not looked again since`,
      nextStep:
        "With the parent back, restart the engine, or remove the network and make it again with the same settings.",
    }),
  },
  {
    pattern: /could not find a network matching network mode (\S+): network/,
    explain: ([, name = ""]) => ({
      reason: `the container was created on network ${name}, which is gone`,
      nextStep: `Make a network ${name} again, or make the container anew: since version 25.0 Docker neither connects nor starts such a container.`,
    }),
  },
  {
    pattern: /[Ii]nvalid (IPv[46]) address: +(\S+)/,
    explain: ([, family = "", address = ""]) => ({
      reason: `${address} is no ${family} address`,
      nextStep: "Correct it; leading zeros and a prefix length are not allowed.",
    }),
  },
  {
    pattern: /[Nn]o available (?:IPv[46] )?addresses on this pool/,
    explain: () => ({
      reason: "the network has no free address left to hand out",
      nextStep: "Give a fixed address outside its ip_range, or remove containers from it.",
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
  {
    pattern: /invalid MAC address (\S+)|address (\S+): invalid MAC address/,
    explain: ([, newer, older]) => ({
      reason: `${newer ?? older ?? ""} is no MAC address`,
      nextStep: "Write six bytes of two digits each, such as 02:42:c0:a8:01:14.",
    }),
  },
  {
    pattern: /ipvlan interfaces do not support custom mac address assignment/,
    explain: () => ({
      reason: "containers of an ipvlan network have the MAC of its parent",
      nextStep: "Leave the MAC out, or use a macvlan network.",
    }),
  },
];
