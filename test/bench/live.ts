/**
 * `npm run bench:live`: what the live side costs with 1,000 networks and 10,000 containers, against a
 * scripted daemon in this process that speaks real HTTP in memory. Takes about a minute. `liveEngine.ts` is the
 * same with a real engine.
 */
import { Agent } from "node:http";
import { systemClock } from "../../src/docker/clock";
import type { Endpoint } from "../../src/docker/dockerHost";
import { getJson } from "../../src/docker/get";
import { createInventory } from "../../src/inventory/liveInventory";
import { world } from "../unit/inventory/fakeEngine";
import { ScriptedDaemon } from "../unit/support/scriptedDaemon";
import { compareRefresh, median, ms, say, sayMachine, until } from "./report";
import { TreeMeter } from "./treeMeter";

const networks = 1_000;
const containers = 10_000;
const rounds = 20;
const events = 20;

const daemon = new ScriptedDaemon(systemClock);
for (let index = 0; index < networks; index++) addNetwork(index);
for (let index = 0; index < containers; index++) addContainer(index, "running");

sayMachine();
say(`${networks} networks, ${containers} containers`);

const inventory = createInventory({
  trusted: true,
  endpoint: { dockerHost: "tcp://nas:2375" },
  world,
  connect: daemon.connect,
});
const tree = new TreeMeter(inventory);

void main();

async function main(): Promise<void> {
  const start = performance.now();
  inventory.watch();
  await until(() => tree.hasRows);
  say(
    `first tree: ${ms(performance.now() - start)} from connecting on, of it ${ms(tree.ms)} of processor time for the tree (${tree.made} rows)`,
  );

  await refreshes();
  await singleEvents();
  inventory.dispose();
  daemon.cutAll();
}

/** A refresh that brings nothing new, beside the two requests that it cannot do without. */
async function refreshes(): Promise<void> {
  const endpoint = { kind: "tcp", host: "nas", port: 2375 } as Endpoint;
  const agent = Object.assign(new Agent(), { createConnection: daemon.dial });
  const get = (path: string) => getJson(agent, endpoint, `/v1.51/${path}`);
  const lists = () => Promise.all([get("networks"), get("containers/json?all=1")]);
  await compareRefresh(rounds, () => inventory.refresh(), lists);
  say("         the same where each answer says something new of a container:");
  let round = 0;
  const uptime = () => {
    Object.assign(daemon.containers.get("c0") ?? {}, { Status: `Up ${++round} minutes` });
  };
  await compareRefresh(
    rounds,
    () => {
      uptime();
      return inventory.refresh();
    },
    () => {
      uptime();
      return lists();
    },
  );
}

/** A container that stops, by its event. */
async function singleEvents(): Promise<void> {
  const costs: number[] = [];
  const latencies: number[] = [];
  const lists = daemon.listsAt.length;
  const singles = daemon.singles;
  let made = 0;
  let told = 0;
  for (let index = 0; index < events; index++) {
    tree.reset();
    const begin = performance.now();
    addContainer(index * 37, "exited");
    await until(() => tree.made > 0);
    latencies.push(performance.now() - begin);
    costs.push(tree.ms);
    made = Math.max(made, tree.made);
    told = Math.max(told, tree.told);
    // The next one is not to wait for the pause between two readings.
    await new Promise((resolve) => setTimeout(resolve, 600));
  }
  say(
    `one event: the tree takes ${ms(median(costs))} of processor time, makes at most ${made} rows and tells of ${told}`,
  );
  say(
    `           shown ${ms(median(latencies))} after it happened; requests per event: ${((daemon.singles - singles) / events).toFixed(1)}, whole lists: ${daemon.listsAt.length - lists}`,
  );
}

function addNetwork(index: number): void {
  const [high, low] = [Math.floor(index / 250), index % 250];
  daemon.networks.set(`n${index}`, {
    Id: `n${index}`,
    Name: `net-${index}`,
    Driver: "macvlan",
    Options: { parent: `eth0.${index + 1}`, macvlan_mode: "bridge" },
    ...{
      Created: "2026-01-01T00:00:00Z",
      Scope: "local",
      EnableIPv6: false,
      Internal: false,
      IPAM: { Config: [{ Subnet: `10.${high}.${low}.0/24`, Gateway: `10.${high}.${low}.1` }] },
      Labels: { "com.docker.compose.project": `p${index}`, "com.docker.compose.network": "lan" },
    },
  });
}

function addContainer(index: number, State: string): void {
  const network = index % networks;
  const [high, low] = [Math.floor(network / 250), network % 250];
  const address = `10.${high}.${low}.${10 + Math.floor(index / networks)}`;
  const endpoint = {
    IPAMConfig: { IPv4Address: address },
    NetworkID: `n${network}`,
    EndpointID: State === "running" ? `endpoint-${index}` : "",
    IPAddress: State === "running" ? address : "",
    MacAddress: State === "running" ? `02:42:0a:00:${hex(index >> 8)}:${hex(index & 255)}` : "",
  };
  daemon.containers.set(`c${index}`, {
    Id: `c${index}`,
    Names: [`/container-${index}`],
    State,
    NetworkSettings: { Networks: { [`net-${network}`]: endpoint } },
    ...{
      Image: "registry.lan/some/image:1.2.3",
      ImageID: `sha256:${"0123456789abcdef".repeat(4)}`,
      Command: "/entrypoint.sh run --with --some --options",
      Created: 1767225600,
      Status: "Up 3 days",
      Ports: [],
      Labels: {
        "com.docker.compose.project": `p${network}`,
        "com.docker.compose.service": `service-${index}`,
        "com.docker.compose.project.config_files": `/srv/p${network}/compose.yaml`,
        "com.docker.compose.project.working_dir": `/srv/p${network}`,
        "com.docker.compose.config-hash": "0123456789abcdef".repeat(4),
        "com.docker.compose.version": "2.40.3",
      },
      Mounts: [{ Type: "volume", Name: `data-${index}`, Destination: "/data", RW: true }],
    },
  });
  daemon.emit({
    Type: "container",
    Action: State === "running" ? "start" : "die",
    Actor: { ID: `c${index}` },
  });
}

function hex(value: number): string {
  return value.toString(16).padStart(2, "0");
}
