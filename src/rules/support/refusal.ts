/** How bad it is that something is refused. */
import type { ServiceDeclaration } from "../../compose/project";
import type { NetworkView } from "../context";
import type { Severity } from "../rule";
import { isStarted } from "./staticAddresses";

/**
 * `error`, or `warning` for a network that no enabled service uses: Compose does not create it, so
 * nothing is refused until a service joins it.
 */
export function refusalOf(network: NetworkView): Severity {
  return network.used ? "error" : "warning";
}

/**
 * `error`, or `warning` for a service of which Compose makes no container now: its profile is not
 * active, or it is scaled to 0.
 */
export function startRefusal(service: ServiceDeclaration): Severity {
  return isStarted(service) ? "error" : "warning";
}
