import type { ServiceNetwork } from "../compose/project";
import type { Value } from "../compose/value";
import { endpointIfnameKey } from "../model/bridgeOptions";
import type { EngineProfile } from "../model/engineProfile";
import { interfaceNameFault } from "../model/interfaceName";
import type { Report, Rule } from "./rule";
import { startRefusal } from "./support/refusal";
import { isSet } from "./support/staticAddresses";

export const invalidInterfaceName: Rule = {
  id: "invalid-interface-name",
  severity: "error",
  summary: "An interface_name is none that the container's interface can have.",
  hasFix: false,
  checkService({ service }, { engine, engineVersion }, report) {
    const named = service.networks.flatMap((tie) => nameOf(tie, engine));
    const first = new Map<string, NamedTie>();
    for (const one of named) {
      const { value } = one;
      const fault =
        (one.tie.interfaceName === value
          ? tooOld(engine, engineVersion, service.key)
          : undefined) ??
        notAName(value.text) ??
        twice(one, first.get(value.text));
      if (!first.has(value.text)) first.set(value.text, one);
      if (fault) report({ place: value.place, severity: startRefusal(service), ...fault });
    }
  },
};

interface NamedTie {
  readonly tie: ServiceNetwork;
  readonly value: Value;
}

/** interface_name, or the driver option that Compose makes of it, which engines that do not know it ignore. */
function nameOf(tie: ServiceNetwork, engine: EngineProfile): NamedTie[] {
  const option = engine.interfaceName
    ? tie.driverOpts.find(({ key }) => key === endpointIfnameKey)?.value
    : undefined;
  const value = isSet(tie.interfaceName) ? tie.interfaceName : option;
  return isSet(value) && value.known ? [{ tie, value }] : [];
}

type Fault = Omit<Report, "place">;

function tooOld(engine: EngineProfile, version: string, service: string): Fault | undefined {
  if (engine.interfaceName) return undefined;
  return {
    message:
      `Engine ${version} does not know interface_name, which came with 28.1 (API 1.49): Compose refuses to ` +
      `create "${service}".`,
    engineMessage: "interface_name requires Docker Engine v28.1 or later",
    speaker: "Compose",
  };
}

function notAName(text: string): Fault | undefined {
  const reason = interfaceNameFault(text)?.reason;
  if (reason === undefined) return undefined;
  return {
    message: `"${text}" ${reason}, which no interface can have as its name: the container does not start.`,
    engineMessage: `error renaming interface "<name>" to "${text}"`,
  };
}

function twice({ value, tie }: NamedTie, other: NamedTie | undefined): Fault | undefined {
  if (value.text === "lo") {
    return {
      message: 'Every container has an interface "lo" already: it does not start with another one.',
      engineMessage: 'error renaming interface "<name>" to "lo": file exists',
    };
  }
  if (!other) return undefined;
  return {
    message:
      `"${value.text}" is the interface_name on both "${other.tie.key}" and "${tie.key}": the container does not ` +
      "start with two interfaces of one name.",
    related: [{ place: other.value.place, message: `The name on network "${other.tie.key}".` }],
    engineMessage: `error renaming interface "<name>" to "${value.text}": file exists`,
  };
}
