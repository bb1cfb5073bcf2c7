/** The engines to choose from, as rows of a picker, and what choosing one writes. PURE. */
import type { Inventory } from "../inventory/inventory";

type DockerContext = Awaited<ReturnType<Inventory["contexts"]>>[number];

/** What the settings `macvlan.dockerHost` and `macvlan.dockerContext` become; undefined is not set. */
export interface EngineChoice {
  readonly host?: string;
  readonly context?: string;
}

export interface EngineRow {
  readonly label: string;
  readonly description: string;
  /** `undefined`: a host is asked for. */
  readonly choice: EngineChoice | undefined;
  readonly isChosen: boolean;
}

/** `settings`: those in force. */
export function engineRows(
  contexts: readonly DockerContext[],
  settings: {
    readonly dockerHost?: string | undefined;
    readonly dockerContext?: string | undefined;
  },
): EngineRow[] {
  const { dockerHost, dockerContext } = settings;
  const current = contexts.find(({ isCurrent }) => isCurrent)?.name ?? "default";
  return [
    {
      label: "As the docker command does",
      description: `DOCKER_HOST, DOCKER_CONTEXT, or the current context, ${current}`,
      choice: {},
      isChosen: dockerHost === undefined && dockerContext === undefined,
    },
    ...contexts.map(({ name, host, description }) => ({
      label: name,
      description: [name === "default" ? "the usual socket" : host, description]
        .filter(Boolean)
        .join(" · "),
      choice: { context: name },
      isChosen: dockerHost === undefined && dockerContext === name,
    })),
    {
      label: "Another host...",
      description: dockerHost ?? "unix://, tcp:// or ssh://",
      choice: undefined,
      isChosen: dockerHost !== undefined,
    },
  ];
}

/** Why a text cannot be a host; undefined when it can. The engine's own check says the rest. */
export function objectionToHost(text: string): string | undefined {
  return /^(?:unix|tcp|ssh|npipe):\/\/\S/.test(text.trim())
    ? undefined
    : "Begin with unix://, tcp:// or ssh://, as in ssh://me@nas.";
}
