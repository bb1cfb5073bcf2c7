/** The engine's client on dockerode; the only file that knows it. */
import type { Agent } from "node:http";
import Docker from "dockerode";
import { isAtLeast } from "./apiVersion";
import { type Limits, defaultLimits, drain } from "./call";
import type { Transport } from "./connection";
import type { Endpoint } from "./dockerHost";
import {
  type CallOptions,
  type ConnectSpec,
  type EngineClient,
  EngineError,
  type EngineInfo,
  type EventsListener,
  type ExecResult,
  type ListOptions,
} from "./engineClient";
import { withImage } from "./errors";
import { execOutput } from "./execOutput";
import { type Made, basePathOf } from "./get";
import { containersFromEngine } from "./containersFromEngine";
import { containerDetailsFromEngine, networkDetailsFromEngine } from "./detailsFromEngine";
import { eventFromEngine, infoFromEngine } from "./fromEngine";
import {
  type HostContainerCalls,
  type LocalImage,
  hostReaderLabel,
  imagesFromEngine,
  leftHostContainers,
  runHostContainer,
} from "./hostContainer";
import { jsonLines } from "./jsonLines";
import { record, text } from "../model/json";
import { eventsPath, labelPath, listPath, path } from "./paths";
import { poolStatusApi, poolStatusFromEngine } from "./poolStatus";
import { networksFromEngine } from "./networksFromEngine";
import { pullLine } from "./pullLine";
import { libraryAddress } from "./libraryAddress";
import { Requests } from "./requests";
import { connectPayload, containerPayload, networkPayload } from "./toEngine";
import type { EngineContainer } from "../model/attachment";
import type { ContainerDetails } from "../model/endpoint";
import type { EngineNetwork, NetworkSpec } from "../model/network";
import type { NetworkDetails, NetworkSettings } from "../model/networkSettings";
import type { RunSpec } from "../model/runSpec";

/** Starting and stopping wait for the container itself: up to 10 s of grace when it is stopped. */
const containerAnswer = 30_000;
const execBytes = 1024 * 1024;
const withAll = { force: true, v: true };

export function createClient(
  endpoint: Endpoint,
  limits: Limits = defaultLimits,
  transport: Transport = {},
): EngineClient {
  return new DockerodeClient(endpoint, limits, transport);
}

class DockerodeClient implements EngineClient {
  readonly #requests: Requests<Docker>;
  /** The last whole list. */
  #containers: Made<EngineContainer[]> | undefined;

  constructor(endpoint: Endpoint, limits: Limits, transport: Transport) {
    const open = (agent: Agent, api: string) => dockerFor(endpoint, agent, api);
    this.#requests = new Requests(endpoint, limits, open, transport);
  }

  async ping(options: CallOptions = {}): Promise<void> {
    await this.#requests.send((docker) => docker.ping(), options);
  }

  async info(options: CallOptions = {}): Promise<EngineInfo> {
    const version = await this.#requests.negotiate(options);
    return infoFromEngine(version, await this.#requests.get("info", options));
  }

  async listNetworks({ known, ...options }: ListOptions<EngineNetwork> = {}) {
    const path = listPath("networks", options);
    return networksFromEngine(await this.#requests.get(path, options), known);
  }

  async listContainers({ known, ...options }: ListOptions<EngineContainer> = {}) {
    const path = listPath("containers/json?all=1", options);
    const make = (json: unknown) => containersFromEngine(json, known);
    if (options.ids) return make(await this.#requests.get(path, options));
    // Unlike networks, they come in the same order each time.
    this.#containers = await this.#requests.getMade(path, make, this.#containers, options);
    return this.#containers.value;
  }

  async listImages(options: CallOptions = {}): Promise<string[]> {
    return [...new Set((await this.localImages(options)).flatMap(({ names }) => names))].sort();
  }

  async localImages(options: CallOptions = {}): Promise<LocalImage[]> {
    return imagesFromEngine(await this.#requests.get("images/json", options));
  }

  runOnHost(image: string, script: string, { signal }: CallOptions = {}): Promise<string> {
    const [requests, answer] = [this.#requests, containerAnswer];
    const calls: HostContainerCalls = {
      create: (body) =>
        requests.send(async (docker) => (await docker.createContainer(body)).id, { answer }),
      attach: (id, onData, onOpen, end) => {
        const output = { stream: true, stdout: true };
        const attach = (docker: Docker) => docker.getContainer(id).attach(output);
        return requests.stream(attach, onData, { signal: end }, onOpen);
      },
      start: (id, end) =>
        requests.send((docker) => docker.getContainer(id).start(), { signal: end, answer }),
      remove: (id) => requests.send((docker) => docker.getContainer(id).remove(withAll), {}),
    };
    return runHostContainer(calls, image, script, signal && { signal });
  }

  async removeLeftOnHost(options: CallOptions = {}): Promise<void> {
    const path = labelPath("containers/json?all=1", hostReaderLabel);
    const left = leftHostContainers(await this.#requests.get(path, options), Date.now());
    for (const id of left)
      await this.#requests.send((docker) => docker.getContainer(id).remove(withAll), options);
  }

  inspectNetwork(id: string, options: CallOptions = {}): Promise<unknown> {
    return this.#requests.send((docker) => docker.getNetwork(path(id)).inspect(), options);
  }

  inspectContainer(id: string, options: CallOptions = {}): Promise<unknown> {
    return this.#requests.send((docker) => docker.getContainer(path(id)).inspect(), options);
  }

  async poolStatus(id: string, options: CallOptions = {}) {
    if (!isAtLeast(await this.#requests.agreed(options), poolStatusApi)) return undefined;
    return poolStatusFromEngine(await this.#requests.get(`networks/${path(id)}`, options));
  }

  async readNetworks(options: CallOptions = {}): Promise<NetworkDetails[]> {
    return networkDetailsFromEngine(await this.#requests.get("networks", options));
  }

  async readContainer(id: string, options: CallOptions = {}): Promise<ContainerDetails> {
    const details = containerDetailsFromEngine(await this.inspectContainer(id, options));
    if (!details) throw new EngineError("notFound", `No such container: ${id}`);
    return details;
  }

  async createNetwork(
    spec: NetworkSpec | NetworkSettings,
    options: CallOptions = {},
  ): Promise<string> {
    const create = (docker: Docker, api: string) => docker.createNetwork(networkPayload(spec, api));
    const purpose = "createNetwork";
    return (await this.#requests.send(create, { ...options, purpose })).id;
  }

  async removeNetwork(id: string, options: CallOptions = {}): Promise<void> {
    await this.#requests.send((docker) => docker.getNetwork(path(id)).remove(), options);
  }

  async connect(spec: ConnectSpec, options: CallOptions = {}): Promise<void> {
    await this.#requests.send((docker, api) => {
      if (spec.mac !== undefined && !isAtLeast(api, "1.54")) {
        throw new EngineError(
          "rejected",
          `This engine (API ${api}) ignores the MAC address ${spec.mac} when a running container is connected: it needs API 1.54. Start a new container with that MAC address instead.`,
        );
      }
      return docker.getNetwork(path(spec.networkId)).connect(connectPayload(spec));
    }, options);
  }

  async disconnect(
    networkId: string,
    containerId: string,
    options: CallOptions & { readonly force?: boolean } = {},
  ): Promise<void> {
    const body = { Container: containerId, Force: options.force ?? false };
    const disconnect = (docker: Docker) => docker.getNetwork(path(networkId)).disconnect(body);
    await this.#requests.send(disconnect, options);
  }

  async createContainer(spec: RunSpec, options: CallOptions = {}): Promise<string> {
    const name = spec.name === undefined ? {} : { name: spec.name };
    const { id } = await this.#requests
      .send(
        (docker, api) => docker.createContainer({ ...name, ...containerPayload(spec, api) }),
        options,
      )
      .catch((error: unknown) => {
        throw withImage(error, spec.image);
      });
    return id;
  }

  async startContainer(id: string, options: CallOptions = {}): Promise<void> {
    await this.#requests.send((docker) => docker.getContainer(path(id)).start(), {
      ...options,
      answer: containerAnswer,
    });
  }

  async pullImage(
    image: string,
    onProgress?: (line: string) => void,
    options: CallOptions = {},
  ): Promise<void> {
    let failure: string | undefined;
    const lines = jsonLines((value) => {
      failure ??= text(record(value)["error"]);
      const line = pullLine(value);
      if (line !== undefined) onProgress?.(line);
    });
    // Without a tag or digest the engine would pull every tag.
    const fromImage = /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
    // The engine's answer begins when the registry's has: its limits count, and the user's patience.
    await this.#requests.stream((docker) => docker.createImage({}, { fromImage }), lines, {
      ...options,
      answer: Number.POSITIVE_INFINITY,
    });
    if (failure !== undefined) throw new EngineError("rejected", failure);
  }

  async stopContainer(id: string, options: CallOptions = {}): Promise<void> {
    await this.#requests.send((docker) => docker.getContainer(path(id)).stop(), {
      ...options,
      answer: containerAnswer,
    });
  }

  async removeContainer(
    id: string,
    options: CallOptions & { readonly force?: boolean } = {},
  ): Promise<void> {
    const force = options.force ?? false;
    await this.#requests.send((docker) => docker.getContainer(path(id)).remove({ force }), options);
  }

  async exec(
    containerId: string,
    argv: readonly string[],
    options: CallOptions = {},
  ): Promise<ExecResult> {
    const { id } = await this.#requests.send(
      (docker) =>
        docker
          .getContainer(path(containerId))
          .exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true }),
      options,
    );
    const bytes = await this.#requests.send(async (docker) => {
      const chunks: Buffer[] = [];
      let length = 0;
      await drain(await docker.getExec(id).start({}), (chunk) => {
        if (length < 2 * execBytes) chunks.push(chunk);
        length += chunk.length;
      });
      return Buffer.concat(chunks);
    }, options);
    const result = await this.#requests.send((docker) => docker.getExec(id).inspect(), options);
    return { exitCode: result.ExitCode ?? -1, output: execOutput(bytes, execBytes) };
  }

  events(listener: EventsListener, { signal }: { readonly signal: AbortSignal }): void {
    const lines = jsonLines((value) => {
      const event = eventFromEngine(value);
      if (event && !signal.aborted) listener.onEvent(event);
    });
    this.#requests.getStream(eventsPath, lines, { signal }, listener.onOpen).then(
      () => {
        listener.onEnd(undefined);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        listener.onEnd(error instanceof EngineError ? error : undefined);
      },
    );
  }

  dispose(): void {
    this.#requests.dispose();
  }
}

/** dockerode for one request. It reads DOCKER_HOST when constructed and would prefer it to what it is given. */
function dockerFor(endpoint: Endpoint, agent: Agent, api: string): Docker {
  const saved = process.env["DOCKER_HOST"];
  delete process.env["DOCKER_HOST"];
  try {
    // docker-modem takes an agent; only the type of dockerode's options does not know.
    const options = {
      ...libraryAddress(endpoint),
      agent,
      version: `${basePathOf(endpoint)}/v${api}`.slice(1),
    };
    return new Docker(options);
  } finally {
    if (saved !== undefined) process.env["DOCKER_HOST"] = saved;
  }
}
