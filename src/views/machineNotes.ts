/** What a hypervisor or a cloud must allow before the LAN sees the MAC addresses of containers. PURE. */
import type { Machine, MachineKind } from "../model/facts";

/** In the order of what must be done; each a whole sentence or two. */
const hypervisors: Readonly<Partial<Record<MachineKind, string>>> = {
  vmware:
    "On ESXi set promiscuous mode, MAC address changes and forged transmits of the port group to Accept.",
  hyperv:
    "Allow MAC address spoofing: Set-VMNetworkAdapter -VMName NAME -MacAddressSpoofing On, or in the advanced features of the network adapter.",
  virtualbox: "Set the adapter to a bridged one, with promiscuous mode Allow All.",
  parallels: "Use bridged networking for the virtual machine.",
  xen: "Let the bridge of its network take in more than one MAC address a port.",
  kvm: "With a bridge on its host nothing is to be done (Proxmox: the network device's firewall with its MAC filter must be off). With macvtap set trustGuestRxFilters='yes'.",
};

const clouds: Readonly<Partial<Record<MachineKind, string>>> = {
  aws: "Amazon EC2",
  azure: "Azure",
  gcp: "Google Cloud",
  digitalocean: "DigitalOcean",
  hetzner: "Hetzner Cloud",
  oracle: "Oracle Cloud",
  alibaba: "Alibaba Cloud",
};

/** Undefined where the machine is in no cloud. */
export function cloudNote({ kind }: Machine): string | undefined {
  const cloud = clouds[kind];
  return cloud === undefined
    ? undefined
    : `This host is a machine of ${cloud}, whose network drops frames with MAC addresses that it did not give out: ` +
        "containers on macvlan reach each other and nothing else. What works: published ports on a bridge network, " +
        "or ipvlan in l3 mode with the subnet routed to this machine.";
}

/** For an interface that leads out of a virtual machine; undefined where nothing is to be said. */
export function machineNote(machine: Machine): string | undefined {
  const cloud = cloudNote(machine);
  if (cloud !== undefined) return cloud;
  if (machine.kind === "openstack") {
    return `This host is a virtual machine (${machine.name}). OpenStack drops frames with unknown MAC addresses unless port security of its port is off, or the addresses are allowed address pairs.`;
  }
  const advice = hypervisors[machine.kind];
  return advice === undefined
    ? undefined
    : `This host is a virtual machine (${machine.name}). Containers on macvlan have MAC addresses of their own, which it must let through. ${advice}`;
}
