import type { EngineNetwork } from "../model/network";
import { isLanDriver } from "../model/network";
import type { Conditions, NetworkView } from "./context";
import type { Report, ReportFunction, Rule } from "./rule";
import {
  type ParentUser,
  busyText,
  parentClash,
  refusalReason,
  refusalText,
} from "./support/parentClash";
import { type ParentUse, parentUses } from "./support/parents";

export const parentShared: Rule = {
  id: "parent-shared",
  severity: "error",
  summary: "Two networks that cannot be on one parent interface are.",
  hasFix: false,
  checkNetworks(networks, conditions, report) {
    const groups = new Map<string, Group>();
    const live = liveByParent(networks, conditions);
    for (const use of parentUses(networks)) {
      if (!use.network.used) continue;
      const group = groups.get(use.parent) ?? {};
      const other = clashInFile(use, group, conditions);
      if (other) report(inFile(use, other, conditions));
      else reportLive(use, live.get(use.parent) ?? [], conditions, report);
      groups.set(use.parent, joined(group, use));
    }
  },
};

/** The first network of each kind on one parent. */
interface Group {
  readonly macvlan?: ParentUse;
  readonly passthru?: ParentUse;
  readonly ipvlan?: ParentUse;
}

function joined(group: Group, use: ParentUse): Group {
  if (use.driver === "ipvlan") return { ipvlan: use, ...group };
  const first: Group = { macvlan: use, ...group };
  return use.network.mode === "passthru" ? { passthru: use, ...first } : first;
}

function clashInFile(use: ParentUse, group: Group, { engine }: Conditions): ParentUse | undefined {
  if (use.driver === "ipvlan") return group.ipvlan ?? group.macvlan;
  const alone = !engine.macvlanSharesParent || use.network.mode === "passthru";
  return (alone ? group.macvlan : group.passthru) ?? group.ipvlan;
}

function inFile(use: ParentUse, other: ParentUse, { engine }: Conditions): Report {
  const { parent, driver, network } = use;
  const [one, two] = [userOf(use), userOf(other)];
  const related = [
    {
      place: other.value.place,
      message: `Network "${other.network.key}" (${other.driver}) is on ${parent}.`,
    },
  ];
  if (other.driver !== driver) {
    return {
      place: use.value.place,
      message:
        `"${network.key}" (${driver}) and "${other.network.key}" (${other.driver}) share the parent ${parent}. Docker makes ` +
        "both networks, and as long as a container of one runs, none of the other starts. Use one driver for both, or another parent.",
      related,
      // Of the driver whose container starts second: nobody knows which.
      engineMessage: busyText(driver),
      otherMessages: [busyText(other.driver)],
    };
  }
  return {
    place: use.value.place,
    message:
      `"${network.key}" and "${other.network.key}" share the parent ${parent}, and Docker refuses ` +
      `${refusalReason(one, two, engine)}. Use one network for both, or a VLAN sub-interface of ${parent}.`,
    related,
    engineMessage: refusalText(one, two, parent, "<id>", engine),
    otherMessages: [refusalText(two, one, parent, "<id>", engine)],
  };
}

function userOf({ driver, network }: ParentUse): ParentUser {
  return { driver, mode: network.mode };
}

/** The engine's macvlan and ipvlan networks by parent, without those that the project itself declares. */
function liveByParent(
  networks: readonly NetworkView[],
  { facts }: Conditions,
): ReadonlyMap<string, EngineNetwork[]> {
  const own = new Set(networks.filter(({ external }) => !external).map(({ realName }) => realName));
  const byParent = new Map<string, EngineNetwork[]>();
  for (const network of facts.networks ?? []) {
    const { driver, parent, name, configOnly } = network;
    if (!isLanDriver(driver) || parent === undefined || configOnly === true || own.has(name))
      continue;
    const group = byParent.get(parent);
    if (group) group.push(network);
    else byParent.set(parent, [network]);
  }
  return byParent;
}

function reportLive(
  use: ParentUse,
  others: readonly EngineNetwork[],
  conditions: Conditions,
  report: ReportFunction,
): void {
  const { network, driver, parent, value } = use;
  const { engine } = conditions;
  // Without the name in the engine nobody knows whether one of them is this very network.
  if (network.realName === undefined) return;
  const users = others.flatMap((other) =>
    isLanDriver(other.driver) ? [{ ...other, driver: other.driver, mode: other.mode }] : [],
  );
  const same = users.find((other) => parentClash(userOf(use), other, engine) === "refused");
  if (same && !network.live) {
    report({
      place: value.place,
      message:
        `The engine's network "${same.name}" is on ${parent} already, and Docker refuses ` +
        `${refusalReason(userOf(use), same, engine)}. Use that network (external: true), or a VLAN sub-interface of ${parent}.`,
      engineMessage: refusalText(userOf(use), same, parent, same.id, engine),
    });
    return;
  }
  const busy = others.find((other) => other.driver !== driver && hasRunning(other, conditions));
  if (!busy) return;
  report({
    place: value.place,
    message:
      `Containers run on the engine's ${busy.driver} network "${busy.name}" with the same parent ${parent}: as long as ` +
      `they do, no container of "${network.key}" (${driver}) starts.`,
    engineMessage: busyText(driver),
  });
}

function hasRunning(network: EngineNetwork, { facts }: Conditions): boolean {
  return (facts.containers ?? []).some(
    ({ running, attachments }) =>
      running && attachments.some((attachment) => attachment.network === network.name),
  );
}
