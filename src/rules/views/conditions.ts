/** What holds for a whole run: the engine in force, the facts, and whose the engine's containers are. */
import type { ComposeProject } from "../../compose/project";
import type { EngineContainer } from "../../model/attachment";
import { engineInForce } from "../../model/engineInForce";
import type { Facts } from "../../model/facts";
import type { Conditions } from "../context";
import { isSameList } from "../support/lists";

/**
 * `engineVersion` wins over the facts' engine; then the newest known. The same object as `before`
 * where nothing is different.
 */
export function conditionsOf(
  project: ComposeProject,
  facts: Facts,
  engineVersion: string | undefined,
  before?: Conditions,
): Conditions {
  const { version, profile: engine } = engineInForce({
    asked: engineVersion,
    connected: facts.engine?.version,
  });
  const foreign = foreignContainers(project, facts.containers ?? []);
  if (
    before?.facts === facts &&
    before.projectName === project.name &&
    before.engineVersion === version &&
    isSameList(before.foreignContainers, foreign)
  ) {
    return before;
  }
  return {
    projectName: project.name,
    facts,
    engine,
    engineVersion: version,
    foreignContainers: foreign,
  };
}

/**
 * Containers that Compose does not replace when it starts the project: all but those of its
 * services. Where the project's name is not known, a service of the same name is taken for the same.
 */
function foreignContainers(
  { name, partial, services }: ComposeProject,
  containers: readonly EngineContainer[],
): readonly EngineContainer[] {
  let keys: ReadonlySet<string> | undefined;
  return containers.filter((container) => {
    if (container.project === undefined) return true;
    if (name !== undefined && container.project !== name) return true;
    if (partial) return false;
    keys ??= new Set(services.map(({ key }) => key));
    return !keys.has(container.service ?? "");
  });
}
