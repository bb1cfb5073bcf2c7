/** Two projects with one name for a container or a network. */
import { conflictText } from "../support/conflictText";
import type { ContainerClaim, NetworkClaim } from "./claims";
import { serviceLevel } from "./level";
import type { Judge } from "./parties";

export const judgeContainer: Judge<ContainerClaim> = (court, mine, theirs) => {
  const relation = court.relation(mine.member, theirs.member);
  const level = serviceLevel(court, mine, theirs);
  if (!relation.oneHost || !level) return undefined;
  // Variants of one project name all their containers alike: that says nothing new.
  if (relation.level === "information" && mine.claim.service.key === theirs.claim.service.key) {
    return undefined;
  }
  const { name } = mine.claim;
  return {
    severity: level,
    message:
      `"${name}" is also the name of the container of "${theirs.claim.service.key}" in ` +
      `${theirs.member.where.shown}. Docker refuses to have both, running or stopped.`,
    engineMessage: conflictText(name),
    related: `"${theirs.claim.service.key}" has the name here.`,
  };
};

/** Of networks that both projects make: with `external: true` one of them would only use it. */
export const judgeNetworkName: Judge<NetworkClaim> = (court, mine, theirs) => {
  const { oneHost, level } = court.relation(mine.member, theirs.member);
  if (!oneHost || !level) return undefined;
  const [one, two] = [mine.claim, theirs.claim];
  const there = `${theirs.member.where.shown} makes a network "${one.realName ?? ""}" too`;
  const way = "Let one project make the network, and write external: true in the other.";
  const related = "The other network of that name";
  if (one.key !== two.key) {
    return {
      severity: level,
      message:
        `${there}, under the key "${two.key}". Whichever comes second is refused by Compose, which does not ` +
        `find its own key on the network. ${way}`,
      related,
    };
  }
  const [a, b] = [one.definition, two.definition];
  if (a === undefined || b === undefined || a === b) return undefined;
  return {
    severity: level,
    message:
      `${there}, with other settings. Whichever is started second wants to make it anew, which fails while ` +
      `a container of the other project is on it. ${way}`,
    related,
  };
};
