import { listInWords } from "../model/listInWords";
import { setValue } from "../compose/value";
import { type LanDriver, ipvlanFlags, macvlanModes } from "../model/driverOptions";
import type { EngineProfile } from "../model/engineProfile";
import type { Fix, Rule, Severity } from "./rule";
import { nearest } from "./support/nearest";
import { optionOf, ownLanNetworks } from "./support/parents";
import { refusalOf } from "./support/refusal";

export const invalidMode: Rule = {
  id: "invalid-mode",
  severity: "error",
  summary: "The mode or flag of a network is none that its driver knows.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { driver } of ownLanNetworks([network])) {
      for (const choice of choicesOf(driver, engine)) {
        const value = optionOf(network, choice.key);
        // Empty stands for the default.
        if (!value?.known || value.text === "" || choice.values.includes(value.text)) continue;
        const { text } = value;
        const meant = spelling(text, choice.values);
        const severity: Severity = choice.checked ? refusalOf(network) : "warning";
        const known = listInWords(choice.values);
        report({
          place: value.place,
          severity,
          message:
            `${choice.key} "${text}" is not a ${choice.noun} of the ${driver} driver, which knows ${known}` +
            (meant?.toLowerCase() === text.toLowerCase() ? " (in small letters)" : "") +
            (choice.checked ? "." : ". This engine ignores it; engines from 23.0 on refuse it."),
          engineMessage: choice.checked ? choice.refusal(text) : undefined,
          fixes: (): readonly Fix[] => {
            const edit = meant === undefined ? undefined : setValue(value, meant);
            return edit
              ? [{ title: `Use ${meant ?? ""}`, preferred: true, safe: false, edits: [edit] }]
              : [];
          },
        });
      }
    }
  },
};

interface Choice {
  readonly key: string;
  readonly noun: string;
  readonly values: readonly string[];
  /** False where the engine takes any text and ignores it. */
  readonly checked: boolean;
  readonly refusal: (text: string) => string;
}

function choicesOf(driver: LanDriver, engine: EngineProfile): readonly Choice[] {
  if (driver === "macvlan") {
    return [
      {
        key: "macvlan_mode",
        noun: "mode",
        values: macvlanModes,
        checked: true,
        refusal: (text) =>
          `requested macvlan mode '${text}' is not valid, 'bridge' mode is the macvlan driver default`,
      },
    ];
  }
  return [
    {
      key: "ipvlan_mode",
      noun: "mode",
      values: engine.ipvlanModes,
      checked: true,
      refusal: (text) =>
        `requested ipvlan mode '${text}' is not valid, 'l2' mode is the ipvlan driver default`,
    },
    {
      key: "ipvlan_flag",
      noun: "flag",
      values: ipvlanFlags,
      checked: engine.validatesIpvlanFlag,
      refusal: (text) =>
        `requested ipvlan flag '${text}' is not valid, 'bridge' is the ipvlan driver default`,
    },
  ];
}

/** Spellings that are further from the word than a mistyped letter or two. */
const known: ReadonlyMap<string, string> = new Map([
  ["passthrough", "passthru"],
  ["pass-through", "passthru"],
  ["pass-thru", "passthru"],
  ["bridged", "bridge"],
  ["layer2", "l2"],
  ["layer3", "l3"],
]);

function spelling(text: string, values: readonly string[]): string | undefined {
  const other = known.get(text.trim().toLowerCase());
  return other !== undefined && values.includes(other) ? other : nearest(text, values);
}
