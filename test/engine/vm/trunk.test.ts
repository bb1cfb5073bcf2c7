import assert from "node:assert/strict";
import { planCreation } from "../../../src/changes/create";
import type { Plan } from "../../../src/changes/change";
import { planRemoval } from "../../../src/changes/removal";
import { runChange } from "../../../src/changes/runChange";
import { readSituation } from "../../../src/changes/situation";
import { connect } from "../../../src/docker/connect";
import { parseHost } from "../../../src/docker/dockerHost";
import { profileOf } from "../../../src/model/engineProfile";
import { settingsOfSpec } from "../../../src/model/networkSettings";
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

  it("is made, used and taken away by what the tree's commands are made of", async () => {
    const endpoint = parseHost(vm().dockerHost, "test");
    assert.ok("kind" in endpoint);
    const client = await connect(endpoint);
    const carryOut = async (plan: Plan) => {
      assert.ok(plan.kind === "possible", JSON.stringify(plan));
      const outcome = await runChange(plan.change, client, {
        signal: new AbortController().signal,
      });
      assert.equal(outcome.kind, "done", JSON.stringify(outcome));
    };
    const specOf = (vlan: number) =>
      settingsOfSpec({
        name: `trunk${vlan}`,
        driver: "macvlan",
        parent: `eth0.${vlan}`,
        internal: false,
        enableIpv6: false,
        pools: [{ subnet: `192.168.${vlan}.0/24`, gateway: `192.168.${vlan}.1` }],
      });
    try {
      for (const vlan of vlans) {
        await carryOut(planCreation(specOf(vlan), await client.readNetworks()));
        const again = planCreation(specOf(vlan), await client.readNetworks());
        assert.equal(again.kind, "nothing", JSON.stringify(again));
        const id = await client.createContainer({
          image: "busybox:lab",
          name: `on${vlan}`,
          networkName: `trunk${vlan}`,
          ipv4: `192.168.${vlan}.30`,
          interactive: true,
        });
        await client.startContainer(id);
        assert.equal((await linkOf(vm(), `eth0.${vlan}`))?.linkinfo?.info_data?.id, vlan);
      }
      for (const [vlan, other] of [vlans, [...vlans].reverse()]) {
        const ping = (address: string) => vm().ping(address, { container: `on${vlan}` });
        assert.ok(await ping(`192.168.${vlan}.1`), `VLAN ${vlan}`);
        assert.ok(await vm().ping(`192.168.${vlan}.30`, `vlan${vlan}`), "from a machine of it");
        assert.equal(await ping(`192.168.${other}.30`), false, "the container across");
        assert.equal(await ping(`192.168.${other}.1`), false, "the router across");
      }
      const profile = profileOf(await vm().version());
      assert.ok(profile);
      for (const { id, settings } of await client.readNetworks()) {
        if (!settings.name.startsWith("trunk")) continue;
        const situation = await readSituation(client, id, profile);
        assert.ok(situation);
        await carryOut(planRemoval(situation));
      }
      for (const vlan of vlans) {
        assert.equal(await linkOf(vm(), `eth0.${vlan}`), undefined, "the engine takes it back");
        await client.removeContainer(`on${vlan}`, { force: true });
      }
    } finally {
      client.dispose();
    }
  });
});
