import type { EngineContainer } from "../../model/attachment";

/** `container web of project shop`, for messages. */
export function describeContainer(container: EngineContainer): string {
  const project = container.project === undefined ? "" : ` of project ${container.project}`;
  return `container ${container.name}${project}`;
}
