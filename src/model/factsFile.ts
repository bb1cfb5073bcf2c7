/**
 * The facts file: what `macvlan.exportFacts` writes and `--facts` reads. Unknown keys are ignored
 * and `null` counts as absent, so that files of later releases still serve; a wrong type is said.
 */
import type { Attachment, EngineContainer } from "./attachment";
import { type EngineFacts, type Facts, type LanPlan, type Machine, machineKinds } from "./facts";
import {
  type HostInterface,
  type InterfaceKind,
  type Neighbour,
  interfaceKinds,
} from "./hostInterface";
import type { EngineNetwork, IpamPool } from "./network";

export interface FactsReading {
  readonly facts: Facts;
  /** What is wrong with the file, each naming the place: `containers[0].name must be a text`. */
  readonly problems: readonly string[];
}

/** Reads the text of a facts file. With problems, `facts` holds what could be read. */
export function readFactsFile(text: string): FactsReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { facts: {}, problems: [`not JSON: ${error instanceof Error ? error.message : ""}`] };
  }
  const problems: string[] = [];
  const root = asRecord(json, "the file", problems);
  if (!root) return { facts: {}, problems };
  const version = root["version"];
  if (version !== undefined && version !== 1) {
    problems.push(`version is ${JSON.stringify(version)}; only version 1 can be read`);
  }
  const at = new Reader(root, "", problems);
  const facts: Facts = compact({
    engine: at.record("engine", readEngine),
    interfaces: at.records("interfaces", readInterface),
    networks: at.records("networks", readNetwork),
    containers: at.records("containers", readContainer),
    neighbours: at.records("neighbours", readNeighbour),
    lan: at.records("lan", readLan),
    machine: at.record("machine", readMachine),
  });
  return { facts, problems };
}

/** A kind of machine that this release does not know counts as none. */
function readMachine(at: Reader): Machine | undefined {
  const kind = machineKinds.find((known) => known === at.text("kind"));
  return kind && { kind, name: at.text("name") ?? kind };
}

function readEngine(at: Reader): EngineFacts {
  return compact({
    version: at.text("version"),
    rootless: at.flag("rootless"),
    desktop: at.flag("desktop"),
  });
}

function readInterface(at: Reader): HostInterface {
  const kind = at.text("kind") ?? "other";
  return {
    name: at.requiredText("name"),
    kind: interfaceKinds.find((known): known is InterfaceKind => known === kind) ?? "other",
    up: at.flag("up") ?? true,
    addresses: at.texts("addresses") ?? [],
    ...compact({
      mac: at.text("mac"),
      master: at.text("master"),
      gateway: at.text("gateway"),
      mtu: at.number("mtu"),
      carrier: at.flag("carrier"),
      speed: at.number("speed"),
      promiscuous: at.flag("promiscuous"),
      link: at.text("link"),
      mode: at.text("mode"),
      routes: at.texts("routes"),
      vlan: at.record("vlan", (vlan) => ({
        parent: vlan.requiredText("parent"),
        id: vlan.number("id") ?? 0,
      })),
    }),
  };
}

function readNetwork(at: Reader): EngineNetwork {
  return {
    id: at.text("id") ?? "",
    name: at.requiredText("name"),
    driver: at.requiredText("driver"),
    ...compact({
      parent: at.text("parent"),
      mode: at.text("mode"),
      internal: at.flag("internal"),
      enableIpv6: at.flag("enableIpv6"),
      ipam: at.records("ipam", readPool),
      project: at.text("project"),
      composeKey: at.text("composeKey"),
      configHash: at.text("configHash"),
      scope: at.text("scope"),
      configOnly: at.flag("configOnly"),
      configFrom: at.text("configFrom"),
    }),
  };
}

function readPool(at: Reader): IpamPool {
  return compact({
    subnet: at.text("subnet"),
    ipRange: at.text("ipRange"),
    gateway: at.text("gateway"),
    aux: at.textMap("aux"),
  });
}

function readContainer(at: Reader): EngineContainer {
  return {
    id: at.text("id") ?? "",
    name: at.requiredText("name"),
    running: at.flag("running") ?? false,
    attachments: at.records("attachments", readAttachment) ?? [],
    ...compact({
      state: at.text("state"),
      image: at.text("image"),
      project: at.text("project"),
      service: at.text("service"),
      composeFiles: at.texts("composeFiles"),
      composeFolder: at.text("composeFolder"),
    }),
  };
}

function readAttachment(at: Reader): Attachment {
  return {
    network: at.requiredText("network"),
    ...compact({
      ipv4: at.text("ipv4"),
      ipv6: at.text("ipv6"),
      mac: at.text("mac"),
      static: at.flag("static"),
    }),
  };
}

function readNeighbour(at: Reader): Neighbour {
  return {
    address: at.requiredText("address"),
    ...compact({
      mac: at.text("mac"),
      interface: at.text("interface"),
      old: at.flag("old"),
    }),
  };
}

function readLan(at: Reader): LanPlan {
  return {
    subnet: at.requiredText("subnet"),
    ...compact({
      dhcp: at.texts("dhcp"),
      reserved: at.records("reserved", (entry) => ({
        address: entry.requiredText("address"),
        ...compact({ name: entry.text("name") }),
      })),
    }),
  };
}

/** Typed access to the keys of one object; what has another type is a problem and counts as absent. */
class Reader {
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly path: string;
  private readonly problems: string[];

  constructor(values: Readonly<Record<string, unknown>>, path: string, problems: string[]) {
    this.values = values;
    this.path = path;
    this.problems = problems;
  }

  text(key: string): string | undefined {
    return this.typed(key, "a text", (value) => (typeof value === "string" ? value : undefined));
  }

  requiredText(key: string): string {
    if ((this.values[key] ?? null) === null) this.problems.push(`${this.at(key)} is missing`);
    return this.text(key) ?? "";
  }

  flag(key: string): boolean | undefined {
    return this.typed(key, "true or false", (value) =>
      typeof value === "boolean" ? value : undefined,
    );
  }

  number(key: string): number | undefined {
    return this.typed(key, "a number", (value) => (typeof value === "number" ? value : undefined));
  }

  texts(key: string): string[] | undefined {
    return this.typed(key, "a list of texts", (value) =>
      Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined,
    );
  }

  textMap(key: string): Record<string, string> | undefined {
    return this.typed(key, "an object of texts", (value) =>
      isRecord(value) && Object.values(value).every((item) => typeof item === "string")
        ? (value as Record<string, string>)
        : undefined,
    );
  }

  record<T>(key: string, read: (reader: Reader) => T): T | undefined {
    const value = this.typed(key, "an object", (v) => (isRecord(v) ? v : undefined));
    return value && read(new Reader(value, this.at(key), this.problems));
  }

  records<T>(key: string, read: (reader: Reader) => T): T[] | undefined {
    const list = this.typed(key, "a list", (value) =>
      Array.isArray(value) ? (value as unknown[]) : undefined,
    );
    return list?.flatMap((item, index) => {
      const path = `${this.at(key)}[${index}]`;
      const values = asRecord(item, path, this.problems);
      return values ? [read(new Reader(values, path, this.problems))] : [];
    });
  }

  private typed<T>(
    key: string,
    expected: string,
    read: (value: unknown) => T | undefined,
  ): T | undefined {
    const value = this.values[key];
    if (value === undefined || value === null) return undefined;
    const result = read(value);
    if (result === undefined) this.problems.push(`${this.at(key)} must be ${expected}`);
    return result;
  }

  private at(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asRecord(
  value: unknown,
  path: string,
  problems: string[],
): Record<string, unknown> | undefined {
  if (isRecord(value)) return value;
  problems.push(`${path} must be an object`);
  return undefined;
}

type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined properties: an absent fact is an absent key. */
function compact<T extends object>(values: T): Compact<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Compact<T>;
}
