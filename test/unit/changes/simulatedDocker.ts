import type { SimulatedEngine } from "./simulatedEngine";

/** Does to the engine what the docker command does; `argv` as of a plan. */
export async function docker(engine: SimulatedEngine, argv: readonly string[]): Promise<void> {
  const [program, noun, verb, ...words] = argv;
  if (noun !== "network") {
    await dockerContainer(engine, argv);
    return;
  }
  if (program !== "docker") throw new Error(argv.join(" "));
  const options = words.filter((word, at) => word.startsWith("--") || words[at - 1] === "-o");
  const operands = words.filter(
    (word, at) => !word.startsWith("-") && !["-o", "-d"].includes(words[at - 1] ?? ""),
  );
  const values = (name: string) =>
    options.flatMap((word) => (word.startsWith(`--${name}=`) ? [word.slice(name.length + 3)] : []));
  const [network = "", name = ""] = operands;
  const container = engine.containers.find((one) => one.name === name);
  const ids = {
    networkId:
      verb === "create"
        ? ""
        : (engine.networks.find((one) => one.settings.name === network)?.id ?? ""),
    containerId: container?.id ?? "",
  };
  if (verb === "rm") await engine.removeNetwork(ids.networkId);
  else if (verb === "disconnect") await engine.disconnect(ids.networkId, ids.containerId);
  else if (verb === "connect") {
    const [ipv4, ipv6] = [values("ip")[0], values("ip6")[0]];
    const [aliases, links] = [values("alias"), values("link")];
    await engine.connect({
      ...ids,
      ...(ipv4 !== undefined && { ipv4 }),
      ...(ipv6 !== undefined && { ipv6 }),
      ...(aliases.length > 0 && { aliases }),
      ...(links.length > 0 && { links }),
      ...(values("driver-opt").length > 0 && { driverOpts: pairs(values("driver-opt")) }),
      ...(values("gw-priority").length > 0 && { gwPriority: Number(values("gw-priority")[0]) }),
    });
  } else if (verb === "create") {
    const pools = values("subnet").map((subnet, at) => ({
      subnet,
      ...(values("ip-range")[at] !== undefined && { ipRange: values("ip-range")[at] ?? "" }),
      ...(values("gateway")[at] !== undefined && { gateway: values("gateway")[at] ?? "" }),
      ...(values("aux-address").length > 0 && { aux: pairs(values("aux-address")) }),
    }));
    await engine.createNetwork({
      name: network,
      driver: words[words.indexOf("-d") + 1] ?? "",
      internal: options.includes("--internal"),
      attachable: options.includes("--attachable"),
      enableIpv6: options.includes("--ipv6"),
      options: pairs(options.filter((word) => !word.startsWith("--"))),
      labels: pairs(values("label")),
      ipamDriver: values("ipam-driver")[0] ?? "default",
      ipamOptions: pairs(values("ipam-opt")),
      pools,
      kind: "local",
    });
  } else throw new Error(argv.join(" "));
}

/** `docker create`, `start` and `rm`. */
async function dockerContainer(engine: SimulatedEngine, argv: readonly string[]): Promise<void> {
  const [, verb, ...words] = argv;
  const last = words.at(-1) ?? "";
  const value = (name: string) =>
    words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  if (verb === "create") {
    const [name = "", networkName = "", ipv4] = ["name", "network", "ip"].map(value);
    await engine.createContainer({
      ...{ image: last, name, networkName },
      ...(ipv4 !== undefined && { ipv4 }),
    });
    return;
  }
  const id = engine.containers.find(({ name }) => name === last)?.id ?? last;
  if (verb === "start") await engine.startContainer(id);
  else if (verb === "rm") await engine.removeContainer(id, { force: words.includes("-f") });
  else throw new Error(argv.join(" "));
}

function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
  );
}
