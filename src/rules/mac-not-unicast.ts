import type { ServiceNetwork } from "../compose/project";
import { type Value, setValue } from "../compose/value";
import { type Mac, formatMac, interfaceMac, isUnicastMac } from "../model/mac";
import type { RuleContext } from "./context";
import type { Fix, Rule } from "./rule";
import { isOnIpvlan, macsInForce, numberOfMac } from "./support/macClaims";
import { newMacFix } from "./support/macFixes";
import { startRefusal } from "./support/refusal";

export const macNotUnicast: Rule = {
  id: "mac-not-unicast",
  severity: "error",
  summary: "A mac_address is a group address or all zeros, which no interface can have.",
  hasFix: true,
  checkService(view, { engine }, report) {
    const { service, macs } = view;
    const check = (value: Value, tie: ServiceNetwork | undefined) => {
      const mac = value.known && value.mac ? interfaceMac(value.mac) : undefined;
      // ipvlan takes none at all: mac-unsupported.
      if (!mac || isUnicastMac(mac) || (tie && isOnIpvlan(view, tie))) return;
      report({
        place: value.place,
        severity: startRefusal(service),
        message:
          `${value.text} is ${describe(mac)}: no interface can have it, and Docker refuses to start ` +
          `"${service.key}". The first byte of a MAC must be even.`,
        engineMessage: "cannot assign requested address",
        fixes: (context) => fixes(context, value, mac, service.key),
      });
    };
    if (!macs) return;
    for (const { value, tie } of macsInForce(macs, engine)) check(value, tie);
  },
};

function describe(mac: Mac): string {
  if (mac.every((byte) => byte === 255)) return "the broadcast address";
  return mac.every((byte) => byte === 0) ? "no address, all zeros" : "a multicast address";
}

/** The same MAC without the group bit, marked as locally administered; else a new one. */
function fixes(context: RuleContext, value: Value, mac: Mac, seed: string): readonly Fix[] {
  const [first = 0, ...rest] = mac;
  const own = [(first & 0xfe) | 0x02, ...rest];
  const number = numberOfMac(own);
  const special = rest.every((byte) => byte === rest[0]);
  if (
    special ||
    context.services.some(({ macClaims }) => macClaims.some((claim) => claim.mac === number))
  ) {
    return newMacFix(context, value, seed);
  }
  const text = formatMac(own);
  const edit = setValue(value, text);
  return edit ? [{ title: `Change to ${text}`, preferred: true, safe: false, edits: [edit] }] : [];
}
