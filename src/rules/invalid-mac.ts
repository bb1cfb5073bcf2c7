import type { ServiceDeclaration } from "../compose/project";
import { type Value, setValue } from "../compose/value";
import { type Mac, formatMac, interfaceMac, isUnicastMac, parseMac } from "../model/mac";
import type { Fix, Report, Rule } from "./rule";
import { macsInForce } from "./support/macClaims";
import { newMacFix } from "./support/macFixes";
import { startRefusal } from "./support/refusal";

export const invalidMac: Rule = {
  id: "invalid-mac",
  severity: "error",
  summary: "A mac_address is not a MAC.",
  hasFix: true,
  checkService({ service, macs }, { engine }, report) {
    const check = (value: Value | undefined) => {
      if (!value?.known || value.text === "" || value.type !== "string") return;
      if (value.mac) {
        if (engine.comparesMac && value.mac.length > 6) report(tooLong(service, value, value.mac));
        return;
      }
      const isBare = engine.maybeBareMac && /^[0-9a-f]{12}$/i.test(value.text);
      report({
        place: value.place,
        severity: isBare ? "warning" : startRefusal(service),
        message: isBare
          ? `"${value.text}" has no separators, and only an engine that was built with a recent Go takes it for a MAC: ` +
            `others refuse to start "${service.key}". Write it with colons.`
          : `"${value.text}" is no MAC: write six pairs of hexadecimal digits such as ` +
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
    for (const { value } of macsInForce(macs, engine)) check(value);
  },
};

function tooLong(service: ServiceDeclaration, value: Value, mac: Mac): Report {
  const short = formatMac(interfaceMac(mac));
  return {
    place: value.place,
    severity: startRefusal(service),
    message:
      `${value.text} has ${mac.length} bytes, and an interface has six: since version 28 Docker refuses to ` +
      `start "${service.key}". Before, it took the first six.`,
    engineMessage: `MAC address changed, got ${short}, expected ${formatMac(mac)}`,
    fixes: () => {
      const edit = setValue(value, short);
      const title = `Change to ${short}, the first six bytes`;
      return edit ? [{ title, preferred: true, safe: false, edits: [edit] }] : [];
    },
  };
}

/** The MAC that is meant by twelve digits without separators, or by parts without leading zeros. */
function repair(text: string): Mac | undefined {
  const trimmed = text.trim();
  const parts = trimmed.split(/[:-]/);
  const digits = parts.length === 6 ? parts.map((part) => part.padStart(2, "0")).join("") : trimmed;
  if (!/^[0-9a-f]{12}$/i.test(digits)) return undefined;
  const mac = parseMac(digits.replace(/(..)(?=.)/g, "$1:"));
  return mac && isUnicastMac(mac) ? mac : undefined;
}
