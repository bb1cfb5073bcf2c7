import { planRecreation } from "../changes/recreate";
import type { Facts } from "../model/facts";
import type { IpamPool } from "../model/network";
import type { NetworkSettings } from "../model/networkSettings";
import { type Question, askInTurn, askPick, askText } from "../workbench/quickSteps";
import { carryOut, situationNow } from "./carryOut";
import type { CommandDeps } from "./deps";
import { connectedClient } from "./engine";
import { networkOf } from "./target";

/** What becomes other than it is; an empty text takes it away. */
export interface RecreateOptions {
  readonly parent?: string;
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly confirmed?: boolean;
}

/** Makes a network anew on another parent or with another subnet, gateway or range. Its containers keep their addresses. */
export async function recreateNetwork(
  deps: Pick<CommandDeps, "inventory" | "documents" | "log">,
  target?: unknown,
  options?: RecreateOptions,
): Promise<void> {
  const client = await connectedClient(deps.inventory);
  const { facts } = deps.inventory;
  const network = await networkOf(target, facts, "Which network to make anew");
  if (!network) return;
  const situation = await situationNow(deps, client, network);
  const { settings } = situation.network;
  const wishes = options ?? (await ask(settings, facts));
  if (!wishes) return;
  const plan = planRecreation(situation, withWishes(settings, wishes), facts);
  await carryOut(deps, client, plan, { action: "Recreate", confirmed: options?.confirmed });
}

/** The first pool, and the parent; all else stays. */
function withWishes(settings: NetworkSettings, wishes: RecreateOptions): NetworkSettings {
  const [first = {}, ...others] = settings.pools;
  const { parent: before, ...options } = settings.options;
  const parent = wishes.parent ?? before;
  const pool = {
    subnet: wishes.subnet ?? first.subnet,
    ipRange: wishes.ipRange ?? first.ipRange,
    gateway: wishes.gateway ?? first.gateway,
    aux: first.aux,
  };
  const kept = Object.fromEntries(Object.entries(pool).filter(([, value]) => value)) as IpamPool;
  return {
    ...settings,
    options: parent ? { parent, ...options } : options,
    pools: settings.pools.length === 0 && !kept.subnet ? [] : [kept, ...others],
  };
}

async function ask(settings: NetworkSettings, facts: Facts): Promise<RecreateOptions | undefined> {
  const [first = {}] = settings.pools;
  const answers = {
    parent: settings.options["parent"] ?? "",
    subnet: first.subnet ?? "",
    gateway: first.gateway ?? "",
    ipRange: first.ipRange ?? "",
  };
  const text =
    (key: keyof typeof answers, prompt: string): Question =>
    async (position) => {
      const answer = await askText(position, { prompt, value: answers[key] });
      if (answer === undefined || answer === "back") return answer;
      answers[key] = answer.value;
      return { value: undefined };
    };
  const questions: Question[] = [
    parentQuestion(facts, answers),
    text("subnet", "Subnet of the LAN, such as 192.168.1.0/24."),
    text("gateway", "Gateway: the address of the LAN's router. Empty: none is given."),
    text("ipRange", "Range that Docker gives addresses from. Empty: the whole subnet."),
  ];
  return (await askInTurn(`Recreate network ${settings.name}`, questions)) ? answers : undefined;
}

function parentQuestion(facts: Facts, answers: { parent: string }): Question {
  return async (position) => {
    const items = (facts.interfaces ?? [])
      .filter(({ kind }) => kind !== "loopback" && kind !== "veth" && kind !== "macvlan")
      .map(({ name, addresses }) => ({ label: name, description: addresses.join(" · ") }));
    const now = { label: answers.parent, description: "as it is" };
    const isListed = items.some(({ label }) => label === now.label);
    const answer = await askPick(position, {
      placeholder: "Parent interface: one of the engine's host, or type one such as eth0.10",
      items: isListed || now.label === "" ? items : [now, ...items],
      active: items.find(({ label }) => label === now.label) ?? now,
      freeText: (label) => ({ label, description: "" }),
    });
    if (answer === undefined || answer === "back") return answer;
    answers.parent = answer.value.label;
    return { value: undefined };
  };
}
