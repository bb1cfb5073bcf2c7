import type { ServiceDeclaration } from "../../compose/project";
import type { AttachmentView, RuleContext } from "../context";

/** The ties of each enabled service that has two or more to declared networks. */
export function servicesOnSeveralNetworks(
  context: RuleContext,
): ReadonlyMap<ServiceDeclaration, readonly AttachmentView[]> {
  const byService = new Map<ServiceDeclaration, AttachmentView[]>();
  for (const attachment of context.attachments) {
    const ties = byService.get(attachment.service);
    if (ties) ties.push(attachment);
    else byService.set(attachment.service, [attachment]);
  }
  for (const [service, ties] of byService) {
    if (ties.length < 2) byService.delete(service);
  }
  return byService;
}
