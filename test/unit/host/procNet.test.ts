import assert from "node:assert/strict";
import {
  addressesFromLines,
  addressesFromProc,
  neighboursFromArp,
  routes6FromProc,
  routesFromProc,
} from "../../../src/host/procNet";

const route = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0132A8C0	0003	0	0	100	00000000	0	0	0
eth0	0032A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
eth0.20	8032A8C0	00000000	0001	0	0	0	80FFFFFF	0	0	0
*	0000000A	00000000	0201	0	0	0	000000FF	0	0	0
`;
const trie = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     |-- 127.0.0.0
        /8 host LOCAL
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 192.168.50.0
        /24 link UNICAST
     |-- 192.168.50.10
        /32 host LOCAL
     |-- 192.168.50.130
        /32 host LOCAL
Local:
     |-- 192.168.50.10
        /32 host LOCAL
`;
const inet6 = `fd000050000000000000000000000010 02 40 00 80     eth0
fe8000000000000000fc00fffe000001 04 40 20 80     eth0
`;

describe("what /proc/net says", () => {
  it("of routes: the router, what is reached without one, and no refusals", () => {
    assert.deepEqual(routesFromProc(route), [
      { dst: "default", dev: "eth0", gateway: "192.168.50.1", metric: 100 },
      { dst: "192.168.50.0/24", dev: "eth0", metric: 100 },
      { dst: "192.168.50.128/25", dev: "eth0.20", metric: 0 },
    ]);
  });

  it("of routes of IPv6: neither the host's own addresses nor multicast", () => {
    const none = "00000000000000000000000000000000";
    const line = (target: string, length: string, hop: string, flags: string) =>
      `${target} ${length} ${none} 00 ${hop} 00000400 00000001 00000000 ${flags}     eth0\n`;
    const lan = "fd000050000000000000000000000000";
    const content =
      line(lan, "40", none, "00000001") +
      line(none, "00", "fd000050000000000000000000000001", "00000003") +
      line("fd000050000000000000000000000010", "80", none, "80200001") +
      line("ff000000000000000000000000000000", "08", none, "00000001") +
      line(none, "00", none, "00200200");
    assert.deepEqual(routes6FromProc(content), [
      { dst: "fd00:50::/64", dev: "eth0", metric: 1024 },
      { dst: "default", dev: "eth0", gateway: "fd00:50::1", metric: 1024 },
    ]);
  });

  it("of addresses: each on the interface with the closest connected route", () => {
    assert.deepEqual(
      [...addressesFromProc(trie, inet6, routesFromProc(route))],
      [
        ["lo", ["127.0.0.1/8"]],
        ["eth0", ["192.168.50.10/24", "fd00:50::10/64"]],
        ["eth0.20", ["192.168.50.130/25"]],
      ],
    );
  });

  it("of neighbours: those that answered", () => {
    const arp = `IP address       HW type     Flags       HW address            Mask     Device
192.168.50.1     0x1         0x2         52:54:00:00:50:01     *        eth0
192.168.50.9     0x1         0x0         00:00:00:00:00:00     *        eth0
`;
    assert.deepEqual(neighboursFromArp(arp), [
      { address: "192.168.50.1", mac: "52:54:00:00:50:01", interface: "eth0", old: true },
    ]);
  });

  it("is not needed for addresses where an ip without JSON tells them", () => {
    const lines = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever
2: eth0.20    inet 192.168.50.130/25 brd 192.168.50.255 scope global eth0.20
2: eth0.20    inet6 fe80::1/64 scope link
3: wg0    inet 10.9.0.1 peer 10.9.0.2/32 scope global wg0
`;
    assert.deepEqual(
      [...(addressesFromLines(lines) ?? [])],
      [
        ["lo", ["127.0.0.1/8"]],
        ["eth0.20", ["192.168.50.130/25"]],
        ["wg0", ["10.9.0.1/32"]],
      ],
    );
    assert.equal(addressesFromLines("BusyBox v1.36 (Debian) multi-call binary."), undefined);
  });
});
