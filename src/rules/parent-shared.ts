import type { EngineNetwork } from "../model/network";
import { isLanDriver } from "../model/network";
import type { RuleContext } from "./context";
import type { Report, Rule } from "./rule";
import { type ParentUse, parentUses } from "./support/parents";

export const parentShared: Rule = {
  id: "parent-shared",
  severity: "error",
  summary: "Two networks that cannot be on one parent interface are.",
  hasFix: false,
  check(context, report) {
    const groups = new Map<string, Group>();
    const live = liveByParent(context);
    for (const use of parentUses(context)) {
      if (!use.network.used) continue;
      const group = groups.get(use.parent) ?? {};
      const other = clashInFile(use, group, context);
      if (other) report(inFile(use, other, context));
      else reportLive(use, live.get(use.parent) ?? [], context, report);
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

function clashInFile(use: ParentUse, group: Group, { engine }: RuleContext): ParentUse | undefined {
  if (use.driver === "ipvlan") return group.ipvlan ?? group.macvlan;
  const alone = !engine.macvlanSharesParent || use.network.mode === "passthru";
  return (alone ? group.macvlan : group.passthru) ?? group.ipvlan;
}

function inFile(use: ParentUse, other: ParentUse, context: RuleContext): Report {
  const { parent, driver, network } = use;
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
      engineMessage: `failed to create the ${driver} port: device or resource busy`,
    };
  }
  return {
    place: use.value.place,
    message:
      `"${network.key}" and "${other.network.key}" share the parent ${parent}, and Docker refuses ` +
      `${reason(use, other.network.mode, context)}. Use one network for both, or a VLAN sub-interface of ${parent}.`,
    related,
    engineMessage: refusalText(use, other.network.mode, "<id>", context),
  };
}

function reason(use: ParentUse, otherMode: string | undefined, { engine }: RuleContext): string {
  if (use.driver === "ipvlan") return "a second ipvlan network on an interface";
  if (!engine.macvlanSharesParent)
    return "a second macvlan network on an interface before version 27.0";
  const passthru =
    use.network.mode === "passthru" && otherMode === "passthru" ? "both use" : "one uses";
  return `a second one, because ${passthru} the mode passthru, which takes the interface for itself`;
}

/** `id`: of the network that is there already; the engine gives it the prefix of a dummy link. */
function refusalText(
  use: ParentUse,
  otherMode: string | undefined,
  id: string,
  { engine }: RuleContext,
): string {
  const { parent, driver, network } = use;
  if (driver === "ipvlan")
    return `network di-${id.slice(0, 12)} is already using parent interface ${parent}`;
  if (!engine.macvlanSharesParent) {
    return `network dm-${id.slice(0, 12)} is already using parent interface ${parent}`;
  }
  return network.mode === "passthru" || otherMode !== "passthru"
    ? `cannot use mode passthru, macvlan network ${id} is already using parent interface ${parent}`
    : `macvlan network ${id} is already using parent interface ${parent} in mode passthru`;
}

/** The engine's macvlan and ipvlan networks by parent, without those that the project itself declares. */
function liveByParent({ facts, networks }: RuleContext): ReadonlyMap<string, EngineNetwork[]> {
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
  context: RuleContext,
  report: (report: Report) => void,
): void {
  const { network, driver, parent, value } = use;
  // Without the name in the engine nobody knows whether one of them is this very network.
  if (network.realName === undefined) return;
  const same = others.find(
    (other) =>
      other.driver === driver &&
      (driver === "ipvlan" ||
        !context.engine.macvlanSharesParent ||
        network.mode === "passthru" ||
        other.mode === "passthru"),
  );
  if (same && !network.live) {
    report({
      place: value.place,
      message:
        `The engine's network "${same.name}" is on ${parent} already, and Docker refuses ` +
        `${reason(use, same.mode, context)}. Use that network (external: true), or a VLAN sub-interface of ${parent}.`,
      engineMessage: refusalText(use, same.mode, same.id, context),
    });
    return;
  }
  const busy = others.find((other) => other.driver !== driver && hasRunning(other, context));
  if (!busy) return;
  report({
    place: value.place,
    message:
      `Containers run on the engine's ${busy.driver} network "${busy.name}" with the same parent ${parent}: as long as ` +
      `they do, no container of "${network.key}" (${driver}) starts.`,
    engineMessage: `failed to create the ${driver} port: device or resource busy`,
  });
}

function hasRunning(network: EngineNetwork, { facts }: RuleContext): boolean {
  return (facts.containers ?? []).some(
    ({ running, attachments }) =>
      running && attachments.some((attachment) => attachment.network === network.name),
  );
}
