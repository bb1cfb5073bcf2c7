import { listInWords } from "../model/listInWords";
import type { Entry } from "../compose/project";
import { removeEntry } from "../compose/removeEntry";
import { type LanDriver, driverOptionKeys } from "../model/driverOptions";
import type { EngineProfile } from "../model/engineProfile";
import type { NetworkView, RuleContext } from "./context";
import type { Fix, Rule } from "./rule";
import { meantOption } from "./support/meantOption";
import { ownLanNetworks } from "./support/parents";
import { renameKey } from "./support/renameKey";

export const unknownDriverOption: Rule = {
  id: "unknown-driver-option",
  severity: "warning",
  summary: "A driver option that macvlan and ipvlan do not read: Docker accepts and ignores it.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { driver } of ownLanNetworks([network])) {
      for (const entry of network.declaration?.driverOpts ?? []) {
        const keys = driverOptionKeys[driver];
        if (keys.includes(entry.key)) continue;
        const meant = meantFor(entry, network, driver, engine);
        report({
          place: entry.keyPlace,
          message:
            `The ${driver} driver does not read "${entry.key}": Docker accepts the option and ignores it. ` +
            (meant === undefined ? `It reads ${listInWords(keys)}.` : `Did you mean ${meant}?`),
          fixes: (context) => fixesFor(entry, meant, network, context),
        });
      }
    }
  },
};

/** What the key should read; undefined too when the network has that option already. */
function meantFor(
  entry: Entry,
  network: NetworkView,
  driver: LanDriver,
  engine: EngineProfile,
): string | undefined {
  const meant = meantOption(entry.key, entry.value, driver, engine);
  const given = network.declaration?.driverOpts.some(({ key }) => key === meant);
  return given ? undefined : meant;
}

function fixesFor(
  entry: Entry,
  meant: string | undefined,
  network: NetworkView,
  { project }: RuleContext,
): readonly Fix[] {
  if (meant !== undefined) return renameKey(entry, meant);
  // The last one of driver_opts would leave a key without a mapping, which Compose refuses.
  const text = project.textOf(entry.place.path);
  const alone = (network.declaration?.driverOpts.length ?? 0) < 2;
  const edit = text === undefined || alone ? undefined : removeEntry(text, entry.place);
  return edit
    ? [{ title: `Remove "${entry.key}"`, preferred: false, safe: false, edits: [edit] }]
    : [];
}
