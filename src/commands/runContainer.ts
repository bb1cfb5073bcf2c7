import { randomBytes } from "node:crypto";
import { findContainer } from "../changes/containerState";
import { type NamedRun, madeUpName, planRun } from "../changes/run";
import type { EngineNetwork } from "../model/network";
import { tieKey } from "../views/tie";
import { isEngineError } from "../workbench/explainError";
import { attempt } from "./attempt";
import { carryOut } from "./carryOut";
import { addressFields } from "./containerChecks";
import type { CommandDeps } from "./deps";
import { offerPull } from "./pullImage";
import { askRun } from "./runQuestions";
import { networkOnEngine } from "./subject";

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
  /** Default true. False: show the plan and ask before it is carried out. */
  readonly confirmed?: boolean;
}

/**
 * Runs a container on the network and shows it in the tree. Returns its id, if it runs. With `options`
 * nothing is asked, unless they say so.
 */
export async function runContainer(
  deps: Pick<CommandDeps, "inventory" | "view" | "documents" | "log">,
  target?: unknown,
  options?: RunOptions,
): Promise<string | undefined> {
  const subject = await networkOnEngine(deps, target, "Which network to run a container on");
  if (!subject) return undefined;
  const { client, facts, network } = subject;
  const answers = options ?? (await askRun(facts, network, await client.listImages()));
  if (!answers) return undefined;
  const run = namedRun(network, answers);
  const there = await attempt(`read container ${run.name}`, () => findContainer(client, run.name));
  const plan = planRun(run, network, there);
  const isMade = await carryOut(deps, client, plan, {
    action: "Run",
    confirmed: options !== undefined && options.confirmed !== false,
    remedy: (error) =>
      isMissingImage(error) ? offerPull(client, run.image, options?.pull === true) : undefined,
  });
  if (!isMade && plan.kind !== "nothing") return undefined;
  const { inventory, view } = deps;
  const container = inventory.facts.containers?.find(({ name }) => name === run.name);
  if (container) await view.reveal(`container:${tieKey(network, container)}`);
  return container?.id;
}

function namedRun(network: EngineNetwork, answers: RunOptions): NamedRun {
  const { name = "" } = answers;
  return {
    image: answers.image,
    name: name === "" ? madeUpName(answers.image, randomBytes(3).toString("hex")) : name,
    networkName: network.name,
    interactive: answers.interactive ?? true,
    ...addressFields(answers.address),
    ...(answers.mac && { mac: answers.mac }),
    ...(answers.command && { command: answers.command }),
  };
}

function isMissingImage(error: unknown): boolean {
  return isEngineError(error) && "missingImage" in error && error.missingImage !== undefined;
}
