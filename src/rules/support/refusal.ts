/** How bad it is that the engine refuses a network. */
import type { NetworkView } from "../context";
import type { Severity } from "../rule";

/**
 * `error`, or `warning` for a network that no enabled service uses: Compose does not create it, so
 * nothing is refused until a service joins it.
 */
export function refusalOf(network: NetworkView): Severity {
  return network.used ? "error" : "warning";
}
