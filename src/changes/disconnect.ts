/** Taking containers off a network such that they can be put back as they were. */
import { type Address, parseAddress } from "../model/cidr";
import type { Step } from "./change";
import { type Member, type Situation, chosenFor, refOf } from "./situation";

/** The step that takes a container off the network, and knows how to put it back. */
export function disconnectStep({ network, profile }: Situation, member: Member): Step {
  const { settings, mac } = member.endpoint;
  const chosen = chosenFor(member);
  return {
    kind: "disconnect",
    network: { id: network.id, name: network.settings.name },
    container: refOf(member.container),
    endpoint: {
      ...settings,
      ...(mac !== undefined && profile.macOnConnect === "asked" && { mac }),
    },
    ...(chosen && { chosen }),
  };
}

/**
 * All of the network, in an order whose reverse gives each its address again: those with fixed addresses
 * are put back first, and then those for whom the engine chooses, which takes the lowest free one.
 */
export function disconnectSteps(situation: Situation): Step[] {
  const chosen = (member: Member): Address | undefined =>
    parseAddress(chosenFor(member)?.ipv4 ?? chosenFor(member)?.ipv6 ?? "");
  const byChoice = situation.members
    .flatMap((member) => {
      const address = chosen(member);
      return address ? [{ member, address }] : [];
    })
    .sort((a, b) => (a.address.value > b.address.value ? -1 : 1))
    .map(({ member }) => member);
  const others = situation.members.filter((member) => !chosen(member));
  return [...byChoice, ...others].map((member) => disconnectStep(situation, member));
}
