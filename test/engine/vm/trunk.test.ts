import assert from "node:assert/strict";
import { type Vm, useVm } from "../../lab/vm/suite.mjs";
import { findingsOf } from "../differential/judge";
import { composeUp } from "./composeUp";

const vlans = [10, 20] as const;

/** The 802.1q trunk mode: one cable, two VLANs, a network on each, and containers on these. */
const trunk = `services:
  web:
    image: busybox:lab
    command: sleep infinity
    container_name: web
    networks:
      vlan10:
        ipv4_address: 192.168.10.20
  db:
    image: busybox:lab
    command: sleep infinity
    container_name: db
    networks:
      vlan10:
        ipv4_address: 192.168.10.21
  camera:
    image: busybox:lab
    command: sleep infinity
    container_name: camera
    networks:
      vlan20:
        ipv4_address: 192.168.20.20
networks:${vlans
  .map(
    (vlan) => `
  vlan${vlan}:
    driver: macvlan
    driver_opts:
      parent: eth0.${vlan}
    ipam:
      config:
        - subnet: 192.168.${vlan}.0/24
          gateway: 192.168.${vlan}.1
          ip_range: 192.168.${vlan}.128/25`,
  )
  .join("")}
`;

interface Link {
  readonly link?: string;
  readonly linkinfo?: {
    readonly info_kind?: string;
    readonly info_data?: { readonly id?: number };
  };
}

async function linkOf(vm: Vm, name: string): Promise<Link | undefined> {
  const { code, stdout } = await vm.tryInLab(["ip", "-j", "-d", "link", "show", name]);
  return code === 0 ? (JSON.parse(stdout) as Link[])[0] : undefined;
}

describe("802.1q trunk mode on a real engine", function () {
  const vm = useVm();

  it("has no finding, and joins each container with the machines of its VLAN alone", async () => {
    for (const vlan of vlans) assert.equal(await linkOf(vm(), `eth0.${vlan}`), undefined);
    assert.deepEqual(findingsOf(trunk, await vm().version(), {}), []);
    const { accepted, message } = await composeUp(vm(), trunk);
    assert.ok(accepted, message);

    for (const vlan of vlans) {
      const link = await linkOf(vm(), `eth0.${vlan}`);
      assert.equal(link?.link, "eth0", "the engine made the sub-interface");
      assert.equal(link.linkinfo?.info_kind, "vlan");
      assert.equal(link.linkinfo.info_data?.id, vlan);
    }

    const reaches = async (from: string, address: string, expected: boolean) => {
      assert.equal(await vm().ping(address, { container: from }), expected, `${from} → ${address}`);
    };
    await reaches("web", "192.168.10.1", true);
    await reaches("web", "192.168.10.21", true);
    await reaches("camera", "192.168.20.1", true);
    assert.ok(await vm().ping("192.168.20.20", "vlan20"), "a machine of the VLAN → camera");
    await reaches("web", "192.168.20.20", false);
    await reaches("camera", "192.168.10.1", false);
    assert.equal(await vm().ping("192.168.10.20", "vlan20"), false, "the other VLAN → web");
    assert.equal(await vm().ping("192.168.10.20", "host"), false, "the host itself → web");

    await vm().clear();
    for (const vlan of vlans) {
      assert.equal(await linkOf(vm(), `eth0.${vlan}`), undefined, "the engine takes it back");
    }
  });
});
