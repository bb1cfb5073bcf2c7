import { planRecreation } from "../changes/recreate";
import type { Facts } from "../model/facts";
import type { IpamPool } from "../model/network";
import type { NetworkSettings } from "../model/networkSettings";
import { type Question, askInTurn, askPick, askText } from "../workbench/quickSteps";
import { carryOut, situationNow } from "./carryOut";
import type { CommandDeps } from "./deps";
import { type RecreateWishes, withWishes } from "../changes/wishes";
import { networkOnEngine } from "./subject";

/** What becomes other than it is. */
export interface RecreateOptions extends RecreateWishes {
  readonly confirmed?: boolean;
}

/** Makes a network anew on another parent or with another subnet, gateway or range. Its containers keep their addresses. */
export async function recreateNetwork(
  deps: Pick<CommandDeps, "inventory" | "documents" | "log">,
  target?: unknown,
  options?: RecreateOptions,
): Promise<void> {
  const subject = await networkOnEngine(deps, target, "Which network to make anew");
  if (!subject) return;
  const { client, facts, network } = subject;
  const read = () => situationNow(deps, client, network);
  const wishes = options ?? (await ask((await read()).network.settings, facts));
  if (!wishes) return;
  // Anew: answering takes a while.
  const situation = await read();
  const plan = planRecreation(situation, withWishes(situation.network.settings, wishes), facts);
  await carryOut(deps, client, plan, { action: "Recreate", confirmed: options?.confirmed });
}

async function ask(settings: NetworkSettings, facts: Facts): Promise<RecreateWishes | undefined> {
  const pools = (settings.pools.length === 0 ? [{}] : settings.pools).map((pool: IpamPool) => ({
    subnet: pool.subnet ?? "",
    gateway: pool.gateway ?? "",
    ipRange: pool.ipRange ?? "",
  }));
  const answers = { parent: settings.options["parent"] ?? "", pools };
  const questions = [
    parentQuestion(facts, answers),
    ...pools.flatMap((pool, index) => poolQuestions(pool, index, pools.length)),
  ];
  return (await askInTurn(`Recreate network ${settings.name}`, questions)) ? answers : undefined;
}

/** What is asked of each pool; with several, the questions say which one they are about. */
function poolQuestions(
  pool: { subnet: string; gateway: string; ipRange: string },
  index: number,
  count: number,
): Question[] {
  const before = pool.subnet;
  const of = count === 1 ? "" : ` ${index + 1} of ${count}`;
  const its = count === 1 ? "" : ` of ${before || `subnet${of}`}`;
  const gone = index === 0 ? "" : " Empty: the network does without it.";
  const text =
    (key: keyof typeof pool, prompt: string): Question =>
    async (position) => {
      const answer = await askText(position, { prompt, value: pool[key] });
      if (answer === undefined || answer === "back") return answer;
      pool[key] = answer.value;
      return { value: undefined };
    };
  const example = before.includes(":") ? "fd00:1::/64" : "192.168.1.0/24";
  return [
    text("subnet", `Subnet${of} of the LAN, such as ${example}.${gone}`),
    text("gateway", `Gateway${its}: the address of the LAN's router. Empty: none is given.`),
    text("ipRange", `Range${its} that Docker gives addresses from. Empty: the whole subnet.`),
  ];
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
