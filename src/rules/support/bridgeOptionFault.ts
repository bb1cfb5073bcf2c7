/** What the bridge driver says of the value of an option. */
import {
  type BridgeOptionKind,
  bridgeOptionKind,
  mtuLimits,
  parseTruth,
} from "../../model/bridgeOptions";
import { parseAddress } from "../../model/cidr";
import type { EngineProfile } from "../../model/engineProfile";
import { interfaceNameFault } from "../../model/interfaceName";
import { listInWords } from "../../model/listInWords";
import type { NetworkView } from "../context";
import { nearest } from "./nearest";

export interface OptionFault {
  /** A half sentence that follows the option: `"maybe" is neither true nor false`. */
  readonly reason: string;
  readonly engineMessage: string;
  /** What was probably meant. */
  readonly meant?: string | undefined;
  /** The network is made, and its containers do not start. */
  readonly atStart?: true;
}

/** Undefined for a good value, and for options that the driver does not read. */
export function bridgeOptionFault(
  key: string,
  text: string,
  network: NetworkView,
  engine: EngineProfile,
): OptionFault | undefined {
  const kind = bridgeOptionKind(key, engine);
  return kind && faults[kind]({ key, text, network, engine });
}

interface Option {
  readonly key: string;
  readonly text: string;
  readonly network: NetworkView;
  readonly engine: EngineProfile;
}

const faults: Readonly<Record<BridgeOptionKind, (option: Option) => OptionFault | undefined>> = {
  bool({ key, text }) {
    if (parseTruth(text) !== undefined) return undefined;
    return {
      reason: `"${text}" is neither true nor false`,
      engineMessage: unparsable(key, text, `strconv.ParseBool: parsing "${text}": invalid syntax`),
      meant: truthMeant(text),
    };
  },

  mtu({ key, text, network, engine }) {
    if (!/^[+-]?[0-9]+$/.test(text)) {
      return {
        reason: `"${text}" is no whole number`,
        engineMessage: unparsable(key, text, `strconv.Atoi: parsing "${text}": invalid syntax`),
      };
    }
    const mtu = Number(text);
    if (mtu < 0) {
      return { reason: `${mtu} is below 0`, engineMessage: `invalid MTU number: ${mtu}` };
    }
    if (mtu === 0) return undefined;
    const { least, most, leastForIpv6 } = mtuLimits;
    if (mtu < least || mtu > most) {
      return {
        reason: `${mtu} is not within ${least} and ${most}`,
        ...(engine.bridgeMtu
          ? { engineMessage: "invalid argument" }
          : {
              engineMessage: "failed to set MTU on host interface <name>: invalid argument",
              atStart: true,
            }),
      };
    }
    if (network.ipv6 !== true || mtu >= leastForIpv6) return undefined;
    return {
      reason: `IPv6 needs at least ${leastForIpv6}`,
      ...(engine.bridgeMtu
        ? { engineMessage: "Cannot read IPv6 setup for bridge <name>" }
        : {
            engineMessage: 'error setting interface "<name>" IPv6 to <address>: invalid argument',
            atStart: true,
          }),
    };
  },

  address({ key, text }) {
    if (parseAddress(text)) return undefined;
    return { reason: `"${text}" is no address`, engineMessage: unparsable(key, text, "nil ip") };
  },

  gatewayMode({ key, text, network, engine }) {
    const { gatewayModes } = engine;
    if (!gatewayModes.includes(text)) {
      return {
        reason: `"${text}" is no mode: there are ${listInWords(gatewayModes)}`,
        engineMessage: unparsable(key, text, `unknown gateway mode ${text}`),
        meant: nearest(text, gatewayModes),
      };
    }
    if (text !== "isolated" || network.declaration?.internal !== false) return undefined;
    return {
      reason: '"isolated" is for networks with internal: true only',
      engineMessage: "gateway mode 'isolated' can only be used for an internal network",
    };
  },

  interfaceName({ text }) {
    const fault = interfaceNameFault(text);
    if (!fault) return undefined;
    return {
      reason: `"${text}" ${fault.reason}, which no interface can have as its name`,
      engineMessage: fault.tooLong ? "numerical result out of range" : "invalid argument",
    };
  },

  interfacePrefix({ text }) {
    const fault = interfaceNameFault(`${text}0`);
    if (!fault) return undefined;
    return {
      reason: `the first interface would be "${text}0", which ${fault.reason}`,
      engineMessage: `error renaming interface "<name>" to "${text}0"`,
      atStart: true,
    };
  },
};

function unparsable(key: string, text: string, reason: string): string {
  return `failed to parse ${key} value: ${text} (${reason})`;
}

function truthMeant(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  if (["true", "yes", "y", "on", "enable", "enabled"].includes(word)) return "true";
  return ["false", "no", "n", "off", "disable", "disabled"].includes(word) ? "false" : undefined;
}
