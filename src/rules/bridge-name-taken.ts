import type { Value } from "../compose/value";
import {
  bridgeNameKey,
  defaultBridgeKey,
  defaultBridgeName,
  parseTruth,
} from "../model/bridgeOptions";
import type { Conditions, NetworkView } from "./context";
import type { Report, Rule } from "./rule";
import { engineInterfaces, optionOf } from "./support/parents";
import { refusalOf } from "./support/refusal";

export const bridgeNameTaken: Rule = {
  id: "bridge-name-taken",
  severity: "error",
  summary: "A network's bridge has the name of another interface.",
  hasFix: false,
  checkNetworks(networks, conditions, report) {
    const first = new Map<string, NamedBridge>();
    for (const one of networks.flatMap(namedBridge)) {
      const { network, name, value } = one;
      const other = first.get(name);
      const fault = onHost(one, conditions) ?? (other && inFile(one, other));
      if (!other && network.used) first.set(name, one);
      if (fault) report({ place: value.place, severity: refusalOf(network), ...fault });
    }
  },
};

interface NamedBridge {
  readonly network: NetworkView;
  readonly name: string;
  readonly value: Value;
}

function namedBridge(network: NetworkView): NamedBridge[] {
  const { declaration, driver } = network;
  if (declaration?.external !== false || driver !== "bridge") return [];
  const value = optionOf(network, bridgeNameKey);
  return value?.known && value.text !== "" ? [{ network, name: value.text, value }] : [];
}

type Fault = Omit<Report, "place">;

function inFile({ network, name }: NamedBridge, other: NamedBridge): Fault {
  return {
    message:
      `"${other.network.key}" and "${network.key}" both have the bridge ${name}: Docker makes one of them and ` +
      "refuses the other.",
    related: [{ place: other.value.place, message: `"${other.network.key}" has the bridge here.` }],
    engineMessage: sameName(name),
  };
}

function onHost({ network, name }: NamedBridge, { engine, facts }: Conditions): Fault | undefined {
  if (name === defaultBridgeName) {
    return engine.keepsDefaultBridge
      ? {
          message: `${name} is the bridge of Docker's own network: Docker refuses it to "${network.key}".`,
          engineMessage: sameName(name),
        }
      : {
          severity: "warning",
          message:
            `${name} is the bridge of Docker's own network "bridge", which this engine throws away for ` +
            `"${network.key}"; engines from 25 on refuse the name.`,
        };
  }
  const kind = engineInterfaces(facts)?.get(name)?.kind;
  if (kind !== undefined && kind !== "bridge") {
    return {
      message:
        `${name} is an interface of the host and no bridge: Docker refuses it to "${network.key}". For a network ` +
        "on that interface, use the driver macvlan and its option parent.",
      engineMessage: `existing interface ${name} is not a bridge`,
    };
  }
  const isDefault = optionOf(network, defaultBridgeKey);
  if (kind === undefined && isDefault?.known && parseTruth(isDefault.text) === true) {
    return {
      message: `${defaultBridgeKey} is for ${defaultBridgeName} alone: Docker does not make the bridge ${name} with it.`,
      severity: facts.interfaces ? refusalOf(network) : "warning",
      engineMessage: `bridge device with non default name ${name} must be created manually`,
    };
  }
  return undefined;
}

function sameName(name: string): string {
  return `(${name}): networks have same bridge name`;
}
