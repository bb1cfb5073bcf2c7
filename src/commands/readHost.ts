import type { EngineState, HostState } from "../inventory/inventory";
import { UserError } from "../workbench/presentError";
import { attempt } from "./attempt";
import { confirm } from "./confirm";
import type { CommandDeps } from "./deps";
import { offerPull } from "./pullImage";

/** Small, and has what reads a host. */
const image = "busybox:latest";

/** Answers for keybindings and tests: whether the user agrees, and whether an image may be pulled. */
export interface ReadHostOptions {
  readonly agreed?: boolean;
  readonly pull?: boolean;
}

type Deps = Pick<CommandDeps, "inventory" | "consents">;

/**
 * Asks once whether a container may read the interfaces of the engine's host, remembers the answer for that
 * host, and reads them.
 */
export async function readHost(
  deps: Deps,
  _target?: unknown,
  options: ReadHostOptions = {},
): Promise<void> {
  const { inventory, consents } = deps;
  const host = hostOf(inventory.state);
  if (host.way === "askable") {
    const isAgreed = options.agreed ?? (await ask(host));
    if (!isAgreed) return;
    await consents.give(host.id);
    inventory.setHostConsents(consents.ids);
  }
  await read(deps);
  const trouble = troubleOf(deps);
  const { client } = inventory;
  if (trouble?.needsImage && client && (await offerPull(client, image, options.pull === true))) {
    await read(deps);
  }
  const left = troubleOf(deps);
  if (left) throw new UserError(`The engine's host could not be read. ${left.message}`);
}

/** No container is made on this host any more; its interfaces are not known then. */
export async function stopReadingHost({ inventory, consents }: Deps): Promise<void> {
  const host = hostOf(inventory.state);
  if (host.way !== "container") {
    throw new UserError("No container reads the host of this engine.");
  }
  await consents.revoke(host.id);
  inventory.setHostConsents(consents.ids);
}

function hostOf(state: EngineState): HostState {
  if (state.kind !== "connected") throw new UserError("There is no connection to an engine.");
  const { host } = state;
  if (host.way === "local" || host.way === "login") {
    throw new UserError("The interfaces of this engine's host are read without a container.");
  }
  if (host.way === "none") {
    throw new UserError(
      "This engine runs in a machine of its own: its interfaces are not those of your LAN.",
    );
  }
  return host;
}

async function ask({ id }: HostState): Promise<boolean> {
  return confirm(
    "Read the interfaces of the engine's host with a container?",
    [
      `Host: ${id}`,
      "A container is started for less than a second, from an image that is there, and removed:",
      "docker run --rm --network host --read-only --cap-drop ALL --security-opt no-new-privileges --entrypoint sh IMAGE -c '...'",
      "Its shell reads interfaces, addresses, routes and neighbours from /sys/class/net and /proc/net, and changes nothing. While somebody looks it is repeated every five minutes, and when networks come or go.",
      "The answer is kept for this host on this machine. To take it back: Macvlan: Stop Reading the Host with a Container.",
    ].join("\n\n"),
    "Read",
  );
}

function read({ inventory }: Deps): Promise<void> {
  return attempt("read the engine's host", () => inventory.refresh());
}

function troubleOf({ inventory: { state } }: Deps): HostState["trouble"] {
  return state.kind === "connected" ? state.host.trouble : undefined;
}
