/** Addresses that containers of the engine hold, or will want back, on networks of the project. */
import type { Attachment, EngineContainer } from "../../model/attachment";
import { type Address, parseAddress } from "../../model/cidr";
import type { Conditions } from "../context";

export interface LiveClaim {
  readonly container: EngineContainer;
  readonly attachment: Attachment;
  readonly address: Address;
}

/**
 * Of containers that Compose does not replace: every address of a running one, and the static ones
 * of a stopped one, which holds nothing until it is started again.
 */
export function liveClaims({ foreignContainers }: Conditions): LiveClaim[] {
  const claims: LiveClaim[] = [];
  for (const container of foreignContainers) {
    for (const attachment of container.attachments) {
      if (!container.running && attachment.static !== true) continue;
      for (const text of [attachment.ipv4, attachment.ipv6]) {
        const address = text === undefined ? undefined : parseAddress(text.split("/")[0] ?? "");
        if (address) claims.push({ container, attachment, address });
      }
    }
  }
  return claims;
}
