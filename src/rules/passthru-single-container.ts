import type { AttachmentView, Conditions, NetworkView } from "./context";
import type { Rule } from "./rule";
import { optionOf } from "./support/parents";

export const passthruSingleContainer: Rule = {
  id: "passthru-single-container",
  severity: "error",
  summary: "A macvlan network in passthru mode takes one container, and more would start.",
  hasFix: false,
  checkNetwork({ network, attachments }, conditions, report) {
    if (network.driver !== "macvlan" || network.mode !== "passthru") return;
    let holder = holderOutside(network, conditions);
    for (const attachment of attachments) {
      const count = attachment.service.replicas ?? 1;
      if (count === 0) continue;
      const own = `service "${attachment.service.key}"`;
      if (holder === undefined && count === 1) {
        holder = own;
        continue;
      }
      report({
        place: placeOf(attachment, holder === undefined),
        message:
          holder === undefined
            ? `Network "${network.key}" is in passthru mode, which takes one container, and ${own} starts ${count}: the second one fails.`
            : `Network "${network.key}" is in passthru mode, which takes one container: ${holder} has it, so ${own} does not start.`,
        engineMessage: "failed to create the macvlan port: invalid argument",
        related: relatedOf(network),
      });
      holder ??= own;
    }
  },
};

function placeOf({ service, tie }: AttachmentView, byReplicas: boolean) {
  return (byReplicas ? service.replicasValue?.place : undefined) ?? tie.place;
}

function relatedOf(network: NetworkView) {
  const mode = optionOf(network, "macvlan_mode");
  return mode ? [{ place: mode.place, message: "The mode is set here." }] : [];
}

/** A running container of somebody else that is on the network already. */
function holderOutside(
  network: NetworkView,
  { facts, projectName }: Conditions,
): string | undefined {
  const { live } = network;
  if (!live) return undefined;
  const container = (facts.containers ?? []).find(
    (candidate) =>
      candidate.running &&
      (candidate.project === undefined || candidate.project !== projectName) &&
      candidate.attachments.some((attachment) => attachment.network === live.name),
  );
  return container && `the running container "${container.name}"`;
}
