import type { Place } from "../compose/place";
import type { NetworkView } from "./context";
import type { Report, Rule } from "./rule";

export const networkNameTaken: Rule = {
  id: "network-name-taken",
  severity: "error",
  summary: "A network has the name of another one that Compose made, or did not make.",
  hasFix: false,
  checkNetworks(networks, _, report) {
    const first = new Map<string, NetworkView>();
    for (const network of networks.filter(isMade)) {
      const { realName } = network;
      const place = placeOf(network);
      if (realName === undefined) continue;
      const other = first.get(realName);
      first.set(realName, other ?? network);
      if (other) {
        // The network that nobody wrote comes last.
        const at = place ?? placeOf(other);
        if (at) report({ place: at, ...inFile(network, other, realName) });
      } else if (place) {
        const finding = onEngine(network, realName);
        if (finding) report({ place, ...finding });
      }
    }
  },
  checkNetwork({ network, attachments }, _, report) {
    // Nobody wrote it: the service is all there is to see of it.
    const [first] = attachments;
    const { declaration, realName } = network;
    const finding = declaration || realName === undefined ? undefined : onEngine(network, realName);
    if (finding && first) report({ place: first.tie.place, ...finding });
  },
};

type Told = Omit<Report, "place">;

function placeOf({ declaration }: NetworkView): Place | undefined {
  return declaration?.name?.place ?? declaration?.keyPlace;
}

/** Compose tells networks apart by the key in their labels (resolveOrCreateNetwork). */
function inFile(network: NetworkView, other: NetworkView, name: string): Told {
  const place = placeOf(other);
  return {
    message:
      `"${other.key}" and "${network.key}" are both named "${name}": Compose makes one of them and refuses the ` +
      "other. Use one key for both, or give them names of their own.",
    related: place ? [{ place, message: `"${other.key}" has the name here.` }] : [],
    engineMessage: wrongLabel(name, other.key, network.key),
    speaker: "Compose",
    otherMessages: [wrongLabel(name, network.key, other.key)],
  };
}

/** `found`: the key in the label of the network that is there; "" without one. */
function wrongLabel(name: string, found: string, expected: string): string {
  return (
    `network ${name} was found but has incorrect label com.docker.compose.network set to "${found}" ` +
    `(expected: "${expected}")`
  );
}

/** Networks that every engine has. */
const predefined = ["bridge", "host", "none"];

function onEngine({ live, key, declaration }: NetworkView, name: string): Told | undefined {
  if (name === "default") {
    return {
      message: `Docker keeps the name "default" to itself: it refuses the network "${key}". Choose another name.`,
      engineMessage: "operation is not permitted on predefined default network",
    };
  }
  if (predefined.includes(name)) {
    return {
      message:
        `"${name}" is the name of a network that Docker has itself: Compose refuses to take it for "${key}". ` +
        "Choose another name.",
      engineMessage: wrongLabel(name, "", key),
      speaker: "Compose",
    };
  }
  if (!live || live.composeKey === key) return undefined;
  const maker =
    live.composeKey === undefined
      ? "that Compose did not make"
      : `that project ${live.project ?? ""} made under the key "${live.composeKey}"`;
  return {
    message:
      `The engine has a network "${name}" ${maker}: Compose refuses to take it for "${key}". ` +
      (declaration
        ? "Write external: true to use it as it is, or choose another name."
        : `Remove it, or declare "${key}" with this name and external: true to use it as it is.`),
    engineMessage: wrongLabel(name, live.composeKey ?? "", key),
    speaker: "Compose",
  };
}

/** Whether the project itself makes the network and uses it. */
function isMade({ used, declaration }: NetworkView): boolean {
  return used && (!declaration || declaration.external === false);
}
