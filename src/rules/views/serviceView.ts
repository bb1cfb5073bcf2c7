/** A service with what its networks make of what it asks for. */
import type { ServiceDeclaration, ServiceNetwork } from "../../compose/project";
import type { Value } from "../../compose/value";
import type { Family } from "../../model/cidr";
import type { EngineProfile } from "../../model/engineProfile";
import type { AttachmentView, ServiceView } from "../context";
import { macClaimsOf, macUserOf } from "../support/macClaims";
import {
  type Judge,
  type MalformedAddress,
  StaticAddress,
  addressIn,
} from "../support/staticAddresses";

const none: readonly never[] = [];

/** `judges`: of the network of each tie; undefined where none is declared. */
export function serviceViewOf(
  service: ServiceDeclaration,
  ties: readonly ServiceNetwork[],
  judges: readonly (Judge | undefined)[],
  engine: EngineProfile,
): ServiceView {
  const attachments: AttachmentView[] = [];
  let addresses: StaticAddress[] | undefined;
  let malformed: MalformedAddress[] | undefined;
  const read = (attachment: AttachmentView, judge: Judge, value: Value, family: Family) => {
    // A number is refused for its type: "must be a string".
    if (!value.known || value.text === "" || value.type !== "string") return;
    const address = value.address && addressIn(value.address, family);
    if (address) {
      const standing = judge.standingOf(address);
      (addresses ??= []).push(new StaticAddress(attachment, value, address, standing));
    } else {
      (malformed ??= []).push({ service, network: judge.network, value, family });
    }
  };
  for (const [index, tie] of ties.entries()) {
    const judge = judges[index];
    if (!judge) continue;
    const attachment = { service, tie, network: judge.network };
    attachments.push(attachment);
    if (tie.ipv4) read(attachment, judge, tie.ipv4, 4);
    if (tie.ipv6) read(attachment, judge, tie.ipv6, 6);
  }
  const macs = macUserOf(service, attachments);
  return {
    service,
    attachments,
    addresses: addresses ?? none,
    malformed: malformed ?? none,
    macs,
    macClaims: macs ? macClaimsOf(macs, attachments, engine) : none,
  };
}
