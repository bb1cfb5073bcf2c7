/**
 * `npm run bench:engine -- [--engine sid|bookworm|trixie] [--networks 100] [--containers 50]`: what the live side costs beside a
 * real engine that it starts for it (Linux, root): a refresh against the two requests that it cannot do
 * without, one event, memory. Takes about two minutes, most of it the start of containers.
 */
import { Agent } from "node:http";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { connect } from "../../src/docker/connect";
import { parseHost } from "../../src/docker/dockerHost";
import type { EngineClient } from "../../src/docker/engineClient";
import { getJson } from "../../src/docker/get";
import { createInventory } from "../../src/inventory/liveInventory";
import { type Lab, startLab } from "../lab/lab.mjs";
import { compareRefresh, median, ms, say, sayMachine, timed, until } from "./report";
import { TreeMeter } from "./treeMeter";

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "sid" },
    networks: { type: "string", default: "100" },
    containers: { type: "string", default: "50" },
  },
});
const networks = Number(values.networks);
const containers = Number(values.containers);
const rounds = 200;
const events = 20;

/** What was asked of the engine since it was last looked at. */
const asked = { lists: 0, singles: 0, infos: 0 };

void main();

async function main(): Promise<void> {
  const lab = await startLab({ engine: values.engine as "sid" });
  try {
    await fill(lab);
    await measure(lab);
  } finally {
    await lab.stop();
  }
}

/** Networks with a parent each, as VLANs would be, and running containers on the first of them. */
async function fill(lab: Lab): Promise<void> {
  const post = async (path: string, body?: object) => {
    const answer = await lab.api("POST", path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as { Id: string };
  };
  for (let index = 0; index < networks; index++) {
    const parent = `lan${100 + index}`;
    await lab.inLab(`ip link add ${parent} type bridge`.split(" "));
    const Config = [{ Subnet: `10.90.${index}.0/24`, Gateway: `10.90.${index}.1` }];
    await post("/networks/create", {
      ...{ Name: `net-${index}`, Driver: "macvlan", Options: { parent }, IPAM: { Config } },
      Labels: { "com.docker.compose.project": `p${index}`, "com.docker.compose.network": "lan" },
    });
  }
  for (let index = 0; index < containers; index++) {
    const network = `net-${index % networks}`;
    const { Id } = await post(`/containers/create?name=container-${index}`, {
      ...{ Image: "busybox", Cmd: ["sleep", "86400"] },
      HostConfig: { NetworkMode: network },
      NetworkingConfig: {
        EndpointsConfig: {
          [network]: { IPAMConfig: { IPv4Address: `10.90.${index % networks}.${10 + index}` } },
        },
      },
      Labels: { "com.docker.compose.project": `p${index}`, "com.docker.compose.service": "web" },
    });
    await post(`/containers/${Id}/start`);
  }
}

async function measure(lab: Lab): Promise<void> {
  sayMachine();
  say(`Docker Engine ${await lab.version()}: ${networks} networks, ${containers} containers run`);
  const before = memory();
  const inventory = createInventory({
    trusted: true,
    endpoint: { dockerHost: lab.dockerHost },
    // The engine alone: interfaces are read by programs of this machine.
    hostName: "elsewhere",
    connect: async (endpoint) => counting(await connect(endpoint)),
  });
  const tree = new TreeMeter(inventory);
  inventory.watch();
  const first = await timed(() => until(() => tree.hasRows));
  say(`first tree: ${ms(first)} after the first look, ${tree.made} rows`);
  say(`memory: ${((memory() - before) / 1024).toFixed(0)} KiB of heap for all that is known`);

  await refreshes(lab, () => inventory.refresh());
  const latencies: number[] = [];
  const requests: number[] = [];
  const costs: number[] = [];
  let [made, told] = [0, 0];
  for (let index = 0; index < events; index++) {
    // The network's event and the second look that follows belong to the event before.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    tree.reset();
    asked.lists = asked.singles = asked.infos = 0;
    const id = `container-${index % containers}`;
    await lab.api("POST", `/containers/${id}/rename?name=renamed-${index}`);
    latencies.push(await timed(() => until(() => tree.told > 0)));
    requests.push(asked.singles);
    costs.push(tree.ms);
    [made, told] = [Math.max(made, tree.made), Math.max(told, tree.told)];
    if (asked.lists + asked.infos > 0) say(`  event ${index} came with a whole reading`);
  }
  say(
    `one event: shown ${ms(median(latencies))} after the engine had answered the change; ${median(requests)} request`,
  );
  say(
    `           the tree takes ${ms(median(costs))} of processor time, makes at most ${made} rows and tells of ${told}`,
  );
  inventory.dispose();
}

/** A refresh that brings nothing new, beside its requests alone; by turns, so that other work hits both. */
async function refreshes(lab: Lab, refresh: () => Promise<void>): Promise<void> {
  const endpoint = parseHost(lab.dockerHost, "bench");
  if (!("kind" in endpoint)) throw new Error(lab.dockerHost);
  const version = (await lab.api("GET", "/version")).body as { ApiVersion: string };
  const get = (path: string) =>
    getJson(new Agent({ keepAlive: false }), endpoint, `/v${version.ApiVersion}/${path}`);
  await compareRefresh(rounds, refresh, () =>
    Promise.all([get("networks"), get("containers/json?all=1")]),
  );
}

/** The client, with its readings counted. */
function counting(client: EngineClient): EngineClient {
  const count = (kind: keyof typeof asked) => {
    asked[kind]++;
  };
  return new Proxy(client, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== "function") return member;
      return (...words: unknown[]) => {
        if (name === "info") count("infos");
        if (name === "listNetworks" || name === "listContainers") {
          const [options] = words as [{ ids?: unknown }?];
          count(options?.ids === undefined ? "lists" : "singles");
        }
        return Reflect.apply(member, target, words) as unknown;
      };
    },
  });
}

/** Bytes of the heap in use. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
