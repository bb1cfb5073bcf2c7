/** What stands above a network of a compose file: what the engine has of it. PURE; VS Code shows it as text. */
import { type PlanPart, countAddresses } from "../model/addressPlan";
import type { Attachment } from "../model/attachment";
import { parseAddress } from "../model/cidr";
import type { NetworkView, RuleContext } from "../rules/context";
import { planOfPool } from "../rules/free";
import { type NetworkFate, networkFate } from "../rules/live/networkFate";

export interface LensText {
  /** With icons, as `$(check)`. */
  readonly title: string;
  readonly tooltip: string;
  /** What a click does: show the whole plan, or make the network that is missing. */
  readonly action: "check" | "create";
}

/** Undefined where nothing is known, or no service is on the network. */
export function lensText(context: RuleContext, network: NetworkView): LensText | undefined {
  const fate = networkFate(context.use(network), context);
  const tooltip = "Show what docker compose up would do to the networks of this project";
  const action = "check";
  switch (fate.kind) {
    case "unknown":
    case "unused":
      return undefined;
    case "create":
      return {
        title: `$(add) docker compose up makes it${free(context, network)}`,
        tooltip,
        action,
      };
    case "missing":
      return {
        title: "$(error) not in the engine: create it...",
        tooltip: `docker compose up is refused until the engine has a network "${network.realName ?? ""}"`,
        action: "create",
      };
    case "taken":
      return { title: "$(error) the engine has another network of this name", tooltip, action };
    case "keep":
      return fate.differences.length > 0
        ? { title: "$(warning) differs from the engine's, which is used as it is", tooltip, action }
        : { title: `$(check) ${inEngine(context, fate, network)}`, tooltip, action };
    case "recreate":
      return fate.blockers.length > 0
        ? { title: "$(error) differs: docker compose up is refused", tooltip, action }
        : { title: "$(sync) differs: docker compose up makes it anew", tooltip, action };
  }
}

function inEngine(
  context: RuleContext,
  { live }: NetworkFate & { readonly kind: "keep" },
  network: NetworkView,
): string {
  const held = (context.facts.containers ?? []).flatMap(({ attachments }) =>
    attachments.filter((attachment) => attachment.network === live.name).slice(0, 1),
  );
  const count = `${held.length} ${held.length === 1 ? "container" : "containers"}`;
  return `in the engine · ${count}${free(context, network, held)}`;
}

/**
 * Of its first IPv4 subnet, else its first; nothing where no subnet is known. `held`: the file does not tell
 * the addresses that the engine chose.
 */
function free(
  context: RuleContext,
  { pools }: NetworkView,
  held: readonly Pick<Attachment, "ipv4" | "ipv6">[] = [],
): string {
  const pool = pools.find(({ subnet }) => subnet.family === 4) ?? pools[0];
  if (!pool) return "";
  const { subnet, parts } = planOfPool(context, pool);
  const chosen = held.flatMap(({ ipv4, ipv6 }): PlanPart[] => {
    const address = parseAddress((subnet.family === 4 ? ipv4 : ipv6) ?? "");
    if (!address) return [];
    const { family, value } = address;
    return [{ use: "claimed", range: { family, first: value, last: value } }];
  });
  const { free: count } = countAddresses({ subnet, parts: [...parts, ...chosen] });
  return ` · ${count > 1_000_000n ? "plenty of" : count} free ${count === 1n ? "address" : "addresses"}`;
}
