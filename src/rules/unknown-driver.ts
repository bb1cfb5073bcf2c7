import { setValue } from "../compose/value";
import type { Fix, Report, Rule } from "./rule";
import { writtenText } from "./support/declaredEntries";
import { nearest } from "./support/nearest";
import { refusalOf } from "./support/refusal";

export const unknownDriver: Rule = {
  id: "unknown-driver",
  severity: "error",
  summary:
    "A network has a driver that the engine does not have, or of which there is one network only.",
  hasFix: true,
  checkNetwork({ network }, { facts }, report) {
    const { declaration } = network;
    const value = declaration?.driver;
    const text = writtenText(value);
    if (!declaration || !value || text === undefined || declaration.external !== false) return;
    if (["bridge", "macvlan", "ipvlan"].includes(text)) return;
    const { place } = value;
    if (text === "overlay") {
      const noSwarm = facts.networks && !facts.networks.some(({ scope }) => scope === "swarm");
      report({ place, severity: noSwarm ? "warning" : "information", ...overlay });
      return;
    }
    const meant =
      text === "host" || text === "null" ? undefined : nearest(text, ["bridge", ...lan]);
    const found = text === "host" || text === "null" ? single(text, network.key) : missing(text);
    // A plugin of that name may be installed on the host that the file is for.
    const certain = found === undefined ? undefined : meant !== undefined || !maybePlugin(text);
    if (!found) return;
    report({
      place,
      severity: certain === true ? refusalOf(network) : "warning",
      ...found,
      message: meant === undefined ? found.message : `${found.message} Did you mean ${meant}?`,
      fixes: (): readonly Fix[] => {
        const edit = meant === undefined ? undefined : setValue(value, meant);
        const title = `Change to ${meant ?? ""}`;
        return edit ? [{ title, preferred: true, safe: false, edits: [edit] }] : [];
      },
    });
  },
};

const lan = ["macvlan", "ipvlan", "overlay"];

type Told = Omit<Report, "place">;

const overlay: Told = {
  message:
    "An overlay network needs Swarm mode: an engine that is no manager of a swarm refuses to make it.",
  engineMessage: "This node is not a swarm manager.",
};

/** The drivers of the networks `host` and `none`, which are there already. */
function single(driver: string, key: string): Told {
  const mode = driver === "host" ? "host" : "none";
  return {
    message:
      `Docker refuses the network "${key}": it has one network of the driver ${driver}, and makes no other. ` +
      `A service gets it by network_mode: ${mode}, without networks.`,
    engineMessage: `only one instance of "${driver}" network is allowed`,
  };
}

/** Undefined for a managed plugin (`vendor/name:tag`), which nobody writes by mistake. */
function missing(driver: string): Told | undefined {
  if (/[/:]/.test(driver)) return undefined;
  return {
    message: `Docker has no network driver "${driver}" of its own, and refuses the network unless a plugin has that name.`,
    engineMessage: `plugin "${driver}" not found`,
  };
}

/** Network `none` has the driver `null`; no plugin can be called by what Docker itself uses. */
function maybePlugin(driver: string): boolean {
  return !["host", "null", "none"].includes(driver);
}
