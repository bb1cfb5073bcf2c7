/** What changes besides what was wished for: MAC addresses, what Compose makes of it, fixed addresses. */
import type { EndpointSettings } from "../model/endpoint";
import type { Member, Situation } from "./situation";
import { wasCreatedOn } from "./situation";

/** A container that is connected anew, with what is asked for. */
export interface Reconnection {
  readonly member: Member;
  readonly endpoint: EndpointSettings;
}

/** Notes on containers that are taken off the network and put on one named `name`. */
export function reconnectionNotes(
  situation: Situation,
  name: string,
  reconnections: readonly Reconnection[],
): string[] {
  const running = reconnections.filter(({ member }) => member.container.running);
  const notes: string[] = [];
  if (running.length > 0) {
    notes.push(
      `${names(running)} ${running.length === 1 ? "is" : "are"} cut off from this network for a moment. Processes go on; their open connections over it end, and the interface may get another name in the container.`,
    );
  }
  const fixed = running.filter(({ member, endpoint }) => {
    const { settings } = member.endpoint;
    return endpoint.ipv4 !== settings.ipv4 || endpoint.ipv6 !== settings.ipv6;
  });
  const pinned = fixed.filter(({ member }) => {
    const { settings } = member.endpoint;
    return settings.ipv4 === undefined && settings.ipv6 === undefined;
  });
  if (pinned.length > 0) {
    notes.push(
      `The address of ${names(pinned)} was chosen by the engine. It is fixed from then on: the container asks for it at every start.`,
    );
  }
  notes.push(...macNotes(situation, name, reconnections));
  return notes;
}

function macNotes(
  { network, profile }: Situation,
  name: string,
  reconnections: readonly Reconnection[],
): string[] {
  // The interfaces of ipvlan have the MAC of their parent.
  if (network.settings.driver === "ipvlan" || profile.macOnConnect === "asked") return [];
  const notes: string[] = [];
  const others: Reconnection[] = [];
  for (const one of reconnections) {
    const { container, endpoint } = one.member;
    const asked = wasCreatedOn(container, network) ? container.mac : undefined;
    if (asked !== undefined) {
      if (profile.macOnConnect === "primary" && container.networkMode === name) continue;
      notes.push(
        `${container.name} loses the MAC address ${asked} that was asked for when it was created: this engine gives another when a container is connected anew, and machines of the LAN may look for the former one for a minute. To have it again, make the container anew (docker run --mac-address=${asked}, or docker compose up --force-recreate).`,
      );
    } else if (container.running && !staysByAddress(one, profile.macFromAddress)) {
      if (endpoint.mac !== undefined) others.push(one);
    }
  }
  if (others.length > 0) {
    notes.push(
      profile.macFromAddress
        ? `${names(others)} ${others.length === 1 ? "gets" : "get"} another MAC address: this engine makes it of the address.`
        : `${names(others)} ${others.length === 1 ? "gets" : "get"} another MAC address, as at every start: none was asked for.`,
    );
  }
  return notes;
}

/** The engine makes the MAC of the IPv4 address, and the address stays. */
function staysByAddress({ member, endpoint }: Reconnection, macFromAddress: boolean): boolean {
  const now = member.endpoint.settings.ipv4 ?? member.endpoint.ipv4;
  return macFromAddress && now !== undefined && endpoint.ipv4 === now;
}

/** What Compose makes of a network that is no longer as its file says. */
export function composeNetworkNote(
  { network }: Situation,
  what: "changed" | "gone" | "renamed",
): string[] {
  const project = network.settings.labels["com.docker.compose.project"];
  if (project === undefined) return [];
  const { name } = network.settings;
  const words = {
    changed:
      'Its labels are kept, so "docker compose up" takes it for its own and does not see that it differs from the file. Write the same into the file: the next "up" then makes it once more, from the file.',
    gone: 'The next "docker compose up" makes it again.',
    renamed:
      'The next "docker compose up" makes one of the former name again, which the engine refuses while this one has its subnet. Write the new name into the file: "name:", with "external: true".',
  };
  return [`Compose made ${name} for the project ${project}. ${words[what]}`];
}

/** What Compose makes of containers whose ties are no longer as its file says. */
export function composeContainerNote(
  members: readonly Member[],
  what: "address" | "disconnected",
): string[] {
  const made = members.filter(({ container }) => container.project !== undefined);
  if (made.length === 0) return [];
  const who = made.map(({ container }) => container.name).join(", ");
  const words = {
    address:
      'does not see the other address until it makes the container anew, and then takes the one of its file. Write it into the file, as "ipv4_address" or "ipv6_address".',
    disconnected: "sees that the network is missing, and makes the container anew on it.",
  };
  return [`Compose made ${who}: "docker compose up" ${words[what]}`];
}

function names(items: readonly Reconnection[]): string {
  return items.map(({ member }) => member.container.name).join(", ");
}
