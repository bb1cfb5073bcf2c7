import { addLine } from "../compose/addLine";
import { setValue } from "../compose/value";
import type { EngineNetwork } from "../model/network";
import type { NetworkView, RuleContext } from "./context";
import type { Fix, Rule } from "./rule";
import { nearest } from "./support/nearest";

export const externalNetworkMissing: Rule = {
  id: "external-network-missing",
  severity: "error",
  summary: "An external network does not exist in the engine.",
  hasFix: true,
  checkNetworks(networks, { facts }, report) {
    const live = facts.networks;
    // A swarm's networks are not on every node until they are used, so Compose does not insist.
    if (!live || live.some(({ scope }) => scope === "swarm")) return;
    for (const network of networks) {
      const { declaration, realName, external, used } = network;
      if (!declaration || !external || !used || !realName?.trim() || network.live) continue;
      // The engine also finds a network by its id, whole.
      if (predefined.has(realName) || live.some(({ id }) => id === realName)) continue;
      const twin = networks.find(
        (each) => !each.external && each.used && each.realName === realName,
      );
      const meant = likely(network.key, realName, live);
      report({
        place: declaration.name?.place ?? declaration.keyPlace,
        // Compose takes the networks of a file in any order.
        severity: twin ? "warning" : "error",
        message:
          `The engine in use has no network "${realName}", and Compose does not make external networks. ` +
          (twin
            ? `It makes this one for "${twin.key}": whether that comes first is left to chance.`
            : meant === undefined
              ? "Make it first (docker network create), or remove external: true."
              : `It has "${meant}".`),
        engineMessage: `network ${realName} declared as external, but could not be found`,
        speaker: "Compose",
        fixes: (context) => (meant === undefined ? [] : renamed(network, meant, context)),
      });
    }
  },
};

const predefined = new Set(["bridge", "host", "none"]);

/** A name within a mistyped letter or two, or the same with the project's name before it. */
function likely(key: string, realName: string, live: readonly EngineNetwork[]): string | undefined {
  // Docker's own three are never meant: Compose cannot put a service on them.
  const names = live.map(({ name }) => name).filter((name) => !predefined.has(name));
  const prefixed = names.filter(
    (name) => name.endsWith(`_${realName}`) || name.endsWith(`_${key}`),
  );
  return prefixed.length === 1 ? prefixed[0] : nearest(realName, names);
}

function renamed(network: NetworkView, name: string, { project }: RuleContext): readonly Fix[] {
  const declaration = network.declaration;
  if (!declaration) return [];
  const title = `Use the engine's network ${name}`;
  const written = declaration.name;
  const { body } = declaration;
  const edit = written ? setValue(written, name) : body && addLine(project, body, `name: ${name}`);
  return edit ? [{ title, preferred: false, safe: false, edits: [edit] }] : [];
}
