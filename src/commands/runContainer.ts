import { whoIsInTheWay } from "../changes/holders";
import type { EngineNetwork } from "../model/network";
import { isEngineError } from "../workbench/explainError";
import { addHint } from "../workbench/hints";
import { attempt } from "./attempt";
import { addressFields } from "./containerChecks";
import type { CommandDeps, EngineClient } from "./deps";
import { offerPull } from "./pullImage";
import { askRun } from "./runQuestions";
import { networkOnEngine } from "./subject";
import { tieKey } from "../views/tie";

/** What a caller may give to skip the questions. */
export interface RunOptions {
  readonly image: string;
  readonly name?: string;
  /** IPv4 or IPv6; absent or empty: the engine chooses. */
  readonly address?: string;
  readonly mac?: string;
  readonly command?: readonly string[];
  /** Default true: kept running with a terminal and removed when it stops, as `docker run -dit --rm`. */
  readonly interactive?: boolean;
  /** Pull a missing image without asking. */
  readonly pull?: boolean;
}

/** Runs a container on the network and shows it in the tree. Returns its id, if it runs. */
export async function runContainer(
  deps: Pick<CommandDeps, "inventory" | "view">,
  target?: unknown,
  options?: RunOptions,
): Promise<string | undefined> {
  const subject = await networkOnEngine(deps, target, "Which network to run a container on");
  if (!subject) return undefined;
  const { client, facts, network } = subject;
  const { inventory, view } = deps;
  const run = options ?? (await askRun(facts, network, await client.listImages()));
  if (!run) return undefined;
  const id = await start(client, network, run).catch((error: unknown) => {
    if (error instanceof Error && error.cause instanceof Error) {
      const { cause } = error;
      const tried = { network: network.name, addresses: [run.address] };
      addHint(cause, whoIsInTheWay(cause.message, tried, inventory.facts));
    }
    throw error;
  });
  if (id === undefined) return undefined;
  await inventory.refresh();
  const container = inventory.facts.containers?.find((candidate) => candidate.id === id);
  if (container) await view.reveal(`container:${tieKey(network, container)}`);
  return id;
}

async function start(
  client: EngineClient,
  network: EngineNetwork,
  run: RunOptions,
): Promise<string | undefined> {
  const what = `run ${run.name ? `container ${run.name}` : `a container of ${run.image}`}`;
  const spec = {
    image: run.image,
    networkName: network.name,
    interactive: run.interactive ?? true,
    ...(run.name ? { name: run.name } : {}),
    ...addressFields(run.address),
    ...(run.mac ? { mac: run.mac } : {}),
    ...(run.command ? { command: run.command } : {}),
  };
  try {
    return await attempt(what, () => client.runContainer(spec));
  } catch (error) {
    if (!isMissingImage(error)) throw error;
  }
  if (!(await offerPull(client, run.image, run.pull === true))) return undefined;
  return attempt(what, () => client.runContainer(spec));
}

function isMissingImage(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return isEngineError(cause) && cause.kind === "notFound" && /image/i.test(cause.message);
}
