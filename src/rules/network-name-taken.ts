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
      const { realName, declaration } = network;
      if (realName === undefined || !declaration) continue;
      const place = declaration.name?.place ?? declaration.keyPlace;
      const other = first.get(realName);
      if (other) report({ place, ...inFile(network, other, realName) });
      else first.set(realName, network);
      const finding = other ? undefined : onEngine(network, realName);
      if (finding) report({ place, ...finding });
    }
  },
};

type Told = Omit<Report, "place">;

/** Compose tells networks apart by the key in their labels (resolveOrCreateNetwork). */
function inFile(network: NetworkView, other: NetworkView, name: string): Told {
  const place = other.declaration?.name?.place ?? other.declaration?.keyPlace;
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

function onEngine({ live, key }: NetworkView, name: string): Told | undefined {
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
      `The engine has a network "${name}" ${maker}: Compose refuses to take it for "${key}". Write external: true ` +
      "to use it as it is, or choose another name.",
    engineMessage: wrongLabel(name, live.composeKey ?? "", key),
    speaker: "Compose",
  };
}

/** Whether the project itself makes the network and uses it. */
function isMade({ used, declaration }: NetworkView): boolean {
  return used && declaration?.external === false;
}
