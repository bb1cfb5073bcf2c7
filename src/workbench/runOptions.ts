import { engineInForce } from "../model/engineInForce";
import type { Facts } from "../model/facts";
import type { RunOptions } from "../rules/run";
import type { Settings } from "./configuration";

/** How rules are run under the settings; the connected engine wins over `macvlan.engineVersion`. */
export function runOptions(
  settings: Pick<Settings, "engineVersion" | "rules">,
  facts: Facts,
): RunOptions {
  const engine = engineInForce({
    connected: facts.engine?.version,
    setting: settings.engineVersion,
  });
  return { engineVersion: engine.version, overrides: settings.rules };
}
