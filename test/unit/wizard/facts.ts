import type { Facts } from "../../../src/model/facts";

/** A home server: a wired LAN, Wi-Fi, a bridged port, and a trunk sub-interface; one network exists. */
export const home: Facts = {
  engine: { version: "28.5.2" },
  interfaces: [
    { name: "lo", kind: "loopback", up: true, addresses: ["127.0.0.1/8"] },
    { name: "wlan0", kind: "wireless", up: true, addresses: ["192.168.1.11/24"] },
    {
      name: "eth0",
      kind: "ethernet",
      up: true,
      addresses: ["fe80::1/64", "192.168.1.10/24"],
      gateway: "192.168.1.1",
    },
    { name: "eth1", kind: "ethernet", up: true, master: "br0", addresses: [] },
    { name: "br0", kind: "bridge", up: true, addresses: ["10.9.0.2/16"] },
    { name: "eth2", kind: "ethernet", up: false, addresses: [] },
    {
      name: "eth0.10",
      kind: "vlan",
      up: true,
      addresses: ["192.168.10.2/24"],
      vlan: { parent: "eth0", id: 10 },
    },
    { name: "docker0", kind: "bridge", up: false, addresses: ["172.17.0.1/16"] },
    { name: "br-0123456789ab", kind: "bridge", up: true, addresses: ["172.18.0.1/16"] },
    { name: "veth1a2b3c", kind: "veth", up: true, master: "docker0", addresses: [] },
  ],
  networks: [
    {
      id: "0123456789abcdef",
      name: "proxy",
      driver: "bridge",
      ipam: [{ subnet: "172.18.0.0/16" }],
    },
    { id: "feed", name: "other", driver: "bridge", ipam: [] },
  ],
  containers: [
    {
      id: "c1",
      name: "pihole",
      running: true,
      attachments: [{ network: "old", ipv4: "192.168.1.230" }],
    },
  ],
  neighbours: [{ address: "192.168.1.7", mac: "02:00:00:00:00:07", interface: "eth0" }],
  lan: [
    {
      subnet: "192.168.1.0/24",
      dhcp: ["192.168.1.100-192.168.1.199"],
      reserved: [{ address: "192.168.1.5", name: "printer" }],
    },
  ],
};
