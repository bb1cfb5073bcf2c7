/** Command lines of the `docker` client that do what the extension does through the API. */
import type { EngineContainer } from "./attachment";
import {
  type EngineNetwork,
  type IpamPool,
  type NetworkSpec,
  isLanDriver,
  modeOption,
} from "./network";

/** What `docker run` is told; names and addresses as texts. */
export interface ContainerRun {
  readonly image: string;
  readonly network: string;
  readonly name?: string | undefined;
  readonly ipv4?: string | undefined;
  readonly ipv6?: string | undefined;
  readonly mac?: string | undefined;
  /** Removed when it stops. */
  readonly remove: boolean;
  /** In the background with an open terminal, so that a shell image stays up: `-dit`, else `-d`. */
  readonly interactive: boolean;
  readonly command?: readonly string[] | undefined;
}

/**
 * The argument list of `docker network create` for a planned network, in the order of the
 * documentation's examples. Values are glued to their options, so that none is read as an option.
 */
export function networkCreateCommand(spec: NetworkSpec): string[] {
  return createCommand(spec);
}

/** The same for a network that exists: what would make it again. */
export function existingNetworkCommand(network: EngineNetwork): string[] {
  return createCommand({ ...network, pools: network.ipam ?? [] });
}

function createCommand(network: {
  readonly name: string;
  readonly driver: string;
  readonly parent?: string;
  readonly mode?: string;
  readonly internal?: boolean;
  readonly enableIpv6?: boolean;
  readonly pools: readonly IpamPool[];
}): string[] {
  const argv = ["docker", "network", "create", "-d", network.driver];
  for (const pool of network.pools) {
    if (pool.subnet) argv.push(`--subnet=${pool.subnet}`);
    if (pool.gateway) argv.push(`--gateway=${pool.gateway}`);
    if (pool.ipRange) argv.push(`--ip-range=${pool.ipRange}`);
    for (const [name, address] of Object.entries(pool.aux ?? {})) {
      argv.push(`--aux-address=${name}=${address}`);
    }
  }
  if (network.enableIpv6) argv.push("--ipv6");
  if (network.internal) argv.push("--internal");
  if (network.parent) argv.push("-o", `parent=${network.parent}`);
  if (network.mode && isLanDriver(network.driver)) {
    argv.push("-o", `${modeOption(network.driver)}=${network.mode}`);
  }
  return [...argv, ...operands(network.name)];
}

/** The argument list of `docker run`. */
export function containerRunCommand(run: ContainerRun): string[] {
  const argv = ["docker", "run"];
  if (run.remove) argv.push("--rm");
  argv.push(run.interactive ? "-dit" : "-d");
  return [...argv, ...containerWords(run)];
}

/** What `docker run` and `docker create` have in common: network, name, addresses, image and its command. */
export function containerWords(run: Omit<ContainerRun, "remove" | "interactive">): string[] {
  const argv = [`--network=${run.network}`];
  if (run.name) argv.push(`--name=${run.name}`);
  if (run.ipv4) argv.push(`--ip=${run.ipv4}`);
  if (run.ipv6) argv.push(`--ip6=${run.ipv6}`);
  if (run.mac) argv.push(`--mac-address=${run.mac}`);
  return [...argv, ...operands(run.image, ...(run.command ?? []))];
}

/**
 * The commands that put a container like this one on the same networks: `docker run` for the first,
 * `docker network connect` for the others (one `--network` is all that engines before 25.0 take).
 * Only what the facts tell: an address that was asked for, not one that the engine chose.
 */
export function existingContainerCommands(container: EngineContainer): string[][] {
  const [first, ...others] = container.attachments;
  const asked = (address: string | undefined, isStatic: boolean | undefined) =>
    isStatic ? address : undefined;
  const run = containerRunCommand({
    image: container.image ?? "IMAGE",
    name: container.name,
    network: first?.network ?? "none",
    ipv4: asked(first?.ipv4, first?.static),
    ipv6: asked(first?.ipv6, first?.static),
    remove: false,
    interactive: true,
  });
  const connects = others.map((tie) => {
    const argv = ["docker", "network", "connect"];
    if (tie.static && tie.ipv4) argv.push(`--ip=${tie.ipv4}`);
    if (tie.static && tie.ipv6) argv.push(`--ip6=${tie.ipv6}`);
    return [...argv, ...operands(tie.network, container.name)];
  });
  return [run, ...connects];
}

/** Operands, behind `--` where the first would be taken for an option. */
function operands(...texts: string[]): string[] {
  return texts[0]?.startsWith("-") ? ["--", ...texts] : texts;
}

/** The argument list as one line for a POSIX shell; every text arrives as it is. */
export function quoteShell(argv: readonly string[]): string {
  return argv.map(quoteWord).join(" ");
}

/**
 * The same over several lines, for reading: an option (with its value) on each, then the operands.
 * `docker network create -d macvlan` stays on the first line, as in the documentation.
 */
export function quoteShellLines(argv: readonly string[]): string {
  const lines: string[][] = [[]];
  let inOperands = false;
  for (const [index, word] of argv.entries()) {
    const previous = argv[index - 1];
    const isValue = previous === "-o" || previous === "-d";
    const isOption = !inOperands && !isValue && word.startsWith("-") && word !== "-d";
    const isFirstOperand = !inOperands && !isOption && !isValue && lines.length > 1;
    if (isFirstOperand || word === "--") inOperands = true;
    if (isOption || isFirstOperand) lines.push([]);
    lines.at(-1)?.push(word);
  }
  return lines.map(quoteShell).join(" \\\n  ");
}

function quoteWord(word: string): string {
  if (/^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
