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
  checkNetwork({ network }, { facts }, report) {
    const live = facts.networks;
    // A swarm's networks are not on every node until they are used, so Compose does not insist.
    if (!live || live.some(({ scope }) => scope === "swarm")) return;
    const { declaration, realName, external, used } = network;
    if (!declaration || !external || !used || realName === undefined || network.live) return;
    // The engine also finds a network by its id, whole.
    if (["bridge", "host", "none"].includes(realName) || live.some(({ id }) => id === realName)) {
      return;
    }
    const meant = likely(network.key, realName, live);
    report({
      place: declaration.name?.place ?? declaration.keyPlace,
      message:
        `The engine in use has no network "${realName}", and Compose does not make external networks. ` +
        (meant === undefined
          ? "Make it first (docker network create), or remove external: true."
          : `It has "${meant}".`),
      engineMessage: `network ${realName} declared as external, but could not be found`,
      fixes: (context) => (meant === undefined ? [] : renamed(network, meant, context)),
    });
  },
};

/** A name within a mistyped letter or two, or the same with the project's name before it. */
function likely(key: string, realName: string, live: readonly EngineNetwork[]): string | undefined {
  const names = live.map(({ name }) => name);
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
