import { addLine } from "../compose/addLine";
import type { EngineProfile } from "../model/engineProfile";
import type { AttachmentView, NetworkView, RuleContext } from "./context";
import type { Fix, Rule } from "./rule";

export const ambiguousDefaultRoute: Rule = {
  id: "ambiguous-default-route",
  severity: "hint",
  summary:
    "A service is on a LAN network and on others with a gateway, and the order of names decides its default route.",
  hasFix: true,
  needsWholeProject: true,
  checkService({ service, attachments }, { engine }, report) {
    if (!service.enabled || attachments.length < 2) return;
    const routed = attachments.filter(({ network }) => hasDefaultRoute(network, engine));
    const lan = routed.find(({ network }) => network.onLan);
    if (
      routed.length < 2 ||
      !lan ||
      !service.networksKnown ||
      attachments.some(({ tie }) => tie.gwPriority !== 0)
    )
      return;
    const names = routed.map(({ network }) => `"${network.key}"`).join(", ");
    report({
      place: service.networksPlace ?? service.keyPlace,
      message:
        `"${service.key}" gets a gateway from each of ${names}. Docker takes ${winner(routed)} for the default route. ` +
        (engine.gwPriority
          ? "gw_priority on one of them says which one you mean."
          : "priority does not change that; gw_priority does, from engine 28.0 on."),
      fixes: (context) =>
        engine.gwPriority ? routed.flatMap((attachment) => prefer(attachment, context)) : [],
    });
  },
};

/** Whether a container on the network gets a default route from it, as far as is known. */
function hasDefaultRoute(network: NetworkView, engine: EngineProfile): boolean {
  if (network.internal || network.driver === undefined) return false;
  if (network.driver === "bridge") return true;
  if (!network.onLan || (network.parent === undefined && network.parentKnown)) return false;
  if (network.mode === "l3" || network.mode === "l3s") return true;
  return network.pools.length === 0
    ? network.poolsKnown && !network.external && engine.hiddenGateway !== "never"
    : network.pools.some(({ active, gateway, hiddenGateway }) => {
        return active && (gateway !== undefined || hiddenGateway !== undefined);
      });
}

/** Among equals the name in the engine decides (moby Endpoint.Less); IPv6 beside IPv4 comes before it. */
function winner(routed: readonly AttachmentView[]): string {
  const names = routed.map(({ network }) => network.realName);
  const dual = new Set(routed.map(({ network }) => network.ipv6 === true));
  if (dual.size > 1 || names.includes(undefined)) return "the one whose name comes first";
  const [first] = [...routed].sort((a, b) =>
    (a.network.realName ?? "") < (b.network.realName ?? "") ? -1 : 1,
  );
  return `"${first?.network.key ?? ""}", whose name comes first,`;
}

function prefer({ network, tie }: AttachmentView, { project }: RuleContext): Fix[] {
  const { body } = tie;
  if (!body) return [];
  const edits = [addLine(project, body, "gw_priority: 1")];
  return [
    { title: `Route by ${network.key} (gw_priority: 1)`, preferred: false, safe: false, edits },
  ];
}
