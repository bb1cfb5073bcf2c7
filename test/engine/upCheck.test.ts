import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ComposeDocument } from "../../src/compose/document";
import type { ComposeProject } from "../../src/compose/project";
import { containersFromEngine } from "../../src/docker/containersFromEngine";
import { networksFromEngine } from "../../src/docker/networksFromEngine";
import type { Facts } from "../../src/model/facts";
import { rules } from "../../src/rules/index";
import { type NetworkFate, networkFate } from "../../src/rules/live/networkFate";
import { networkHash } from "../../src/rules/live/networkHash";
import { runRules } from "../../src/rules/run";
import { createContext } from "../../src/rules/views/views";
import { useLab } from "../lab/suite.mjs";

/** Networks in every form that the hash depends on, none of which needs a parent interface. */
const forms = `services:
  a: { image: busybox, networks: [default, plain, full, labelled, listed, odd, six] }
networks:
  plain:
  full:
    driver: bridge
    driver_opts: { com.docker.network.bridge.name: hash0, com.docker.network.driver.mtu: 1400, "10": x, "9": y }
    internal: true
    attachable: true
    ipam:
      driver: default
      config:
        - subnet: 10.71.0.0/24
          gateway: 10.71.0.1
          ip_range: 10.71.0.128/25
          aux_addresses: { router: 10.71.0.5, nas: 10.71.0.6 }
  labelled:
    labels: { "a<b>&c": "x & y", "10": ten, "9": nine, flag: true, none: }
  listed:
    labels: [one=1, two, "three=a=b"]
  odd:
    name: odd.name_1
    enable_ipv6: false
    x-note: left out
  six:
    enable_ipv6: true
    ipam: { config: [{ subnet: "fd00:71::/64" }] }
`;

describe("what docker compose up does to networks", function () {
  this.timeout(120_000);
  const lab = useLab();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "macvlan-up-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const projectOf = (text: string): ComposeProject =>
    new ComposeDocument(join(folder, "compose.yaml"), text, { projectName: "dns" }).project();

  /** Brings the text up as project dns; what Compose printed when it was refused. */
  async function up(text: string): Promise<string | undefined> {
    writeFileSync(join(folder, "compose.yaml"), text);
    const { code, stderr } = await lab().tryCompose(["-p", "dns", "up", "-d", "-t", "0"], folder);
    return code === 0 ? undefined : stderr;
  }

  async function facts(): Promise<Facts> {
    const ask = async (path: string): Promise<unknown> => (await lab().api("GET", path)).body;
    return {
      networks: networksFromEngine(await ask("/networks")),
      containers: containersFromEngine(await ask("/containers/json?all=1")),
    };
  }

  function fateOf(text: string, known: Facts, key: string): NetworkFate {
    const context = createContext(projectOf(text), known);
    const network = context.network(key);
    assert.ok(network, `${key} is not in the file`);
    return networkFate(context.use(network), context);
  }

  it("keeps those that have the hash that it would give them itself", async () => {
    assert.equal(await up(forms), undefined);
    const { networks = [] } = await facts();
    const project = projectOf(forms);
    const made = networks.filter((network) => network.project === "dns");
    assert.equal(made.length, 7);
    for (const { name, composeKey, configHash } of made) {
      const declaration = project.networks.find(({ key }) => key === composeKey);
      assert.equal(networkHash(name, declaration), configHash, name);
    }
    const known = await facts();
    for (const key of ["default", "plain", "full", "labelled", "listed", "odd", "six"]) {
      assert.equal(fateOf(forms, known, key).kind, "keep", key);
    }
  });

  const before = `services:
  a: { image: busybox, command: sleep 1000, networks: [lan] }
  b: { image: busybox, command: sleep 1000, networks: [lan] }
networks:
  lan: { ipam: { config: [{ subnet: 10.72.0.0/24 }] } }
`;
  const after = before.replace("10.72.0.0", "10.73.0.0");

  it("makes a network anew that has another subnet in the file, and stops what is on it", async () => {
    assert.equal(await up(before), undefined);
    const old = (await facts()).networks?.find(({ name }) => name === "dns_lan")?.id;
    const fate = fateOf(after, await facts(), "lan");
    assert.equal(fate.kind, "recreate");
    assert.deepEqual(fate.differences, [
      { setting: "subnet", engine: "10.72.0.0/24", file: "10.73.0.0/24" },
    ]);
    assert.deepEqual(fate.stopped.map(({ service }) => service).sort(), ["a", "b"]);
    assert.deepEqual(fate.blockers, []);
    assert.equal(await up(after), undefined);
    const { networks = [], containers = [] } = await facts();
    const now = networks.find(({ name }) => name === "dns_lan");
    assert.notEqual(now?.id, old);
    assert.equal(now?.ipam?.[0]?.subnet, "10.73.0.0/24");
    assert.equal(containers.filter(({ running }) => running).length, 2);
  });

  it("is refused while another container is on a network that it would make anew", async () => {
    assert.equal(await up(before), undefined);
    await lab().docker("run -d --name guest --network dns_lan busybox sleep 1000".split(" "));
    const known = await facts();
    const fate = fateOf(after, known, "lan");
    assert.ok(fate.kind === "recreate");
    assert.deepEqual(
      fate.blockers.map(({ name }) => name),
      ["guest"],
    );
    const [error] = runRules(rules, projectOf(after), known).filter(
      ({ severity }) => severity === "error",
    );
    assert.equal(error?.rule, "network-differs");
    const said = await up(after);
    assert.match(said ?? "", /has active endpoints/);
  });

  it("is refused where the name is taken, and keeps what Compose made without noting how", async () => {
    await lab().docker("network create dns_lan".split(" "));
    assert.equal(fateOf(before, await facts(), "lan").kind, "taken");
    assert.match((await up(before)) ?? "", /incorrect label/);
    await lab().docker("network rm dns_lan".split(" "));
    await lab().docker(
      "network create --label com.docker.compose.network=lan --subnet 10.74.0.0/24 dns_lan".split(
        " ",
      ),
    );
    const fate = fateOf(before, await facts(), "lan");
    assert.ok(fate.kind === "keep");
    assert.deepEqual(
      fate.differences.map(({ setting }) => setting),
      ["subnet"],
    );
    assert.equal(await up(before), undefined);
    const { networks = [] } = await facts();
    assert.equal(
      networks.find(({ name }) => name === "dns_lan")?.ipam?.[0]?.subnet,
      "10.74.0.0/24",
    );
  });
});
