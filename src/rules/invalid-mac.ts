import { type Value, setValue } from "../compose/value";
import { type Mac, formatMac, isUnicastMac, parseMac } from "../model/mac";
import type { Fix, Rule } from "./rule";
import { newMacFix } from "./support/macFixes";

export const invalidMac: Rule = {
  id: "invalid-mac",
  severity: "error",
  summary: "A mac_address is not a MAC.",
  hasFix: true,
  checkService({ service, macs }, { engine }, report) {
    const check = (value: Value | undefined) => {
      if (!value?.known || value.text === "" || value.type !== "string" || value.mac) return;
      report({
        place: value.place,
        severity: service.enabled ? "error" : "warning",
        message:
          `"${value.text}" is no MAC: write six pairs of hexadecimal digits such as ` +
          `02:42:c0:a8:01:05. Docker refuses to start "${service.key}".`,
        engineMessage: engine.validatesEndpointAtCreate
          ? `invalid MAC address ${value.text}`
          : `address ${value.text}: invalid MAC address`,
        fixes: (context): readonly Fix[] => {
          const meant = repair(value.text);
          if (!meant) {
            return newMacFix(context, value, service.key).map((fix) => ({
              ...fix,
              preferred: false,
            }));
          }
          const text = formatMac(meant);
          const edit = setValue(value, text);
          const title = `Change to ${text}`;
          return edit ? [{ title, preferred: true, safe: false, edits: [edit] }] : [];
        },
      });
    };
    if (!macs) return;
    check(service.mac);
    // What the engine ignores it does not refuse either: mac-unsupported.
    for (const tie of macs.ties) if (engine.endpointMac || tie === macs.main) check(tie.mac);
  },
};

/** The MAC that is meant by twelve digits without separators, or by parts without leading zeros. */
function repair(text: string): Mac | undefined {
  const trimmed = text.trim();
  const parts = trimmed.split(/[:-]/);
  const digits = parts.length === 6 ? parts.map((part) => part.padStart(2, "0")).join("") : trimmed;
  if (!/^[0-9a-f]{12}$/i.test(digits)) return undefined;
  const mac = parseMac(digits.replace(/(..)(?=.)/g, "$1:"));
  return mac && isUnicastMac(mac) ? mac : undefined;
}
