import type { ServiceNetwork } from "../compose/project";
import type { Value } from "../compose/value";
import type { EngineProfile } from "../model/engineProfile";
import type { Report, Rule } from "./rule";
import { startRefusal } from "./support/refusal";
import { isSet } from "./support/staticAddresses";

export const invalidInterfaceName: Rule = {
  id: "invalid-interface-name",
  severity: "error",
  summary: "An interface_name is none that the container's interface can have.",
  hasFix: false,
  checkService({ service }, { engine, engineVersion }, report) {
    const named = service.networks.flatMap((tie) =>
      isSet(tie.interfaceName) && tie.interfaceName.known
        ? [{ tie, value: tie.interfaceName }]
        : [],
    );
    const first = new Map<string, NamedTie>();
    for (const one of named) {
      const { value } = one;
      const fault =
        tooOld(engine, engineVersion, service.key) ??
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

/** What the kernel takes as the name of an interface (Linux dev_valid_name). */
function notAName(text: string): Fault | undefined {
  const reason =
    new TextEncoder().encode(text).length > 15
      ? `has more than 15 characters`
      : [".", ".."].includes(text)
        ? "is the name of a folder"
        : /[\s/:]/.test(text)
          ? "has a blank, a slash or a colon"
          : undefined;
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
