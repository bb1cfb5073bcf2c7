/** What `docker compose up` does with each network of a project, given what the engine has. */
import type { EngineContainer } from "../../model/attachment";
import type { EngineNetwork } from "../../model/network";
import type { Conditions, NetworkUse } from "../context";
import { type Difference, differences } from "./differences";
import { networkHash } from "./networkHash";

export type NetworkFate =
  /** No service that starts is on it: Compose does not look at it. */
  | { readonly kind: "unused" }
  /** The engine's networks are not known, or a variable hides what it depends on. */
  | { readonly kind: "unknown" }
  | { readonly kind: "create" }
  /** External, and the engine does not have it: refused. */
  | { readonly kind: "missing" }
  /** The name is taken by a network that Compose did not make for this key: refused. */
  | { readonly kind: "taken"; readonly live: EngineNetwork }
  /** Taken as it is, with whatever the file says otherwise. */
  | {
      readonly kind: "keep";
      readonly live: EngineNetwork;
      readonly differences: readonly Difference[];
    }
  /** The file changed since Compose made it: removed and made again. */
  | {
      readonly kind: "recreate";
      readonly live: EngineNetwork;
      readonly differences: readonly Difference[];
      /** Containers of the project that are stopped for it, and made anew. */
      readonly stopped: readonly EngineContainer[];
      /** Running containers that Compose does not stop: with one of them, the engine refuses to remove it. */
      readonly blockers: readonly EngineContainer[];
    };

/**
 * Compose 2.40.3, pkg/compose/create.go: resolveOrCreateNetwork finds a network by its name, refuses one
 * whose label names another key, keeps it when the hash in its label is that of the file or is absent, and
 * else lets removeDivergedNetwork stop the services that are on it, and removes it.
 */
export function networkFate(use: NetworkUse, conditions: Conditions): NetworkFate {
  const { network } = use;
  const { realName, live } = network;
  if (!network.used) return { kind: "unused" };
  if (conditions.facts.networks === undefined || realName === undefined) return { kind: "unknown" };
  if (network.declaration && network.declaration.external === undefined) return { kind: "unknown" };
  if (!live) return { kind: network.external ? "missing" : "create" };
  if (network.external) return { kind: "keep", live, differences: [] };
  if (live.composeKey !== network.key) return { kind: "taken", live };
  const found = differences(live, network);
  if (live.configHash === undefined) return { kind: "keep", live, differences: found };
  const hash = networkHash(realName, network.declaration);
  if (hash === undefined) return { kind: "unknown" };
  if (hash === live.configHash) return { kind: "keep", live, differences: [] };
  if (conditions.projectName === undefined) return { kind: "unknown" };
  return { kind: "recreate", live, differences: found, ...endpointsOf(live, use, conditions) };
}

/** The containers on the network, by whether Compose stops them: those of services that name its key. */
function endpointsOf(
  { name }: EngineNetwork,
  { attachments, network }: NetworkUse,
  { facts, projectName }: Conditions,
): { stopped: EngineContainer[]; blockers: EngineContainer[] } {
  const named = attachments.filter(({ service: { networks } }) =>
    networks.some(({ key }) => key === network.key),
  );
  const services = new Set(named.map(({ service }) => service.key));
  const running = (facts.containers ?? []).filter(
    (container) =>
      container.running && container.attachments.some(({ network }) => network === name),
  );
  const isStopped = ({ project, service }: EngineContainer) =>
    project === projectName && services.has(service ?? "");
  return {
    stopped: running.filter(isStopped),
    blockers: running.filter((container) => !isStopped(container)),
  };
}
