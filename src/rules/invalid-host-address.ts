import type { Value } from "../compose/value";
import { parseAddress } from "../model/cidr";
import type { Report, Rule } from "./rule";
import { startRefusal } from "./support/refusal";

export const invalidHostAddress: Rule = {
  id: "invalid-host-address",
  severity: "error",
  summary: "An address in dns or extra_hosts is none.",
  hasFix: false,
  checkService({ service }, { engine }, report) {
    const tell = (value: Value, fault: Pick<Report, "message" | "engineMessage">) => {
      report({ place: value.place, severity: startRefusal(service), ...fault });
    };
    for (const { key, values } of service.options) {
      for (const { name, value } of values) {
        if (!value.known) continue;
        if (key === "extra_hosts") {
          const address = name === undefined ? addressOf(value.text) : value.text;
          if (address === undefined || isHostAddress(address)) continue;
          tell(value, {
            message:
              `"${address}" is no address, and extra_hosts takes nothing else but host-gateway: Docker refuses to ` +
              `create "${service.key}".`,
            engineMessage: `invalid IP address in add-host: "${address}"`,
          });
        } else if (
          key === "dns" &&
          engine.checksDns &&
          value.text !== "" &&
          !parseAddress(value.text)
        ) {
          tell(value, {
            message: `"${value.text}" is no address of a DNS server: "${service.key}" does not start.`,
            engineMessage: `bad nameserver address ${value.text}`,
          });
        }
      }
    }
  },
};

/** Behind the host name; undefined where there is no address, which Compose refuses itself. */
function addressOf(text: string): string | undefined {
  return /^[^=:]+[=:](.*)$/s.exec(text)?.[1];
}

function isHostAddress(text: string): boolean {
  return text === "host-gateway" || parseAddress(text.replace(/^\[(.*)\]$/s, "$1")) !== undefined;
}
