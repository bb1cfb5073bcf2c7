/** Containers of the engine that are not made from the project's services. */
import type { EngineContainer } from "../../model/attachment";
import type { RuleContext } from "../context";

/**
 * False for containers that Compose replaces when it starts the project: those of its services.
 * Where the project's name is not known, a service of the same name is taken for the same.
 */
export function isForeign(context: RuleContext, container: EngineContainer): boolean {
  const { name, partial } = context.project;
  if (container.project === undefined) return true;
  if (name !== undefined && container.project !== name) return true;
  return !partial && !serviceKeys(context).has(container.service ?? "");
}

/** `container web of project shop`, for messages. */
export function describeContainer(container: EngineContainer): string {
  const project = container.project === undefined ? "" : ` of project ${container.project}`;
  return `container ${container.name}${project}`;
}

const keys = new WeakMap<RuleContext, ReadonlySet<string>>();

function serviceKeys(context: RuleContext): ReadonlySet<string> {
  let set = keys.get(context);
  if (!set) {
    set = new Set(context.project.services.map((service) => service.key));
    keys.set(context, set);
  }
  return set;
}
