/** Writes one network as compose YAML, and tells which property each stretch of the text came from. */
import { type NetworkSpec, modeOption } from "../model/network";

/** What a piece of text shows: a property of NetworkSpec or of one of its pools. */
export interface SpecPath {
  readonly property:
    | Exclude<keyof NetworkSpec, "pools">
    | "subnet"
    | "ipRange"
    | "gateway"
    /** The whole mapping of auxiliary addresses, or the one of this name. */
    | "aux";
  /** Index into `pools`. */
  readonly pool?: number;
  readonly auxName?: string;
  /** Of an auxiliary address: its name or its address. */
  readonly part?: "name" | "address";
}

export interface YamlPiece {
  readonly text: string;
  readonly path: SpecPath;
}

/** One line without its line break; `depth` counts indentation steps below the network's key. */
interface YamlLine {
  readonly depth: number;
  readonly pieces: readonly YamlPiece[];
}

export interface YamlStyle {
  /** Blanks of one indentation step. */
  readonly step: number;
  /** Blanks before the network's key. */
  readonly indent: number;
}

/**
 * The lines of `key: {…}` for the network, each with its indentation, in pieces. The engine's name
 * is written as `name:`, so that Compose does not put the project's name before it.
 */
export function networkYaml(key: string, spec: NetworkSpec, style: YamlStyle): YamlPiece[][] {
  return linesOf(key, spec).map(({ depth, pieces }) => {
    const blanks = " ".repeat(style.indent + depth * style.step);
    return pieces.map((piece, index) =>
      index === 0 ? { ...piece, text: blanks + piece.text } : piece,
    );
  });
}

function linesOf(key: string, spec: NetworkSpec): YamlLine[] {
  const lines: YamlLine[] = [];
  const add = (depth: number, path: SpecPath, text: string) => {
    lines.push({ depth, pieces: [{ text, path }] });
  };
  const entry = (depth: number, property: SpecPath["property"], name: string, value: string) => {
    add(depth, { property }, `${name}: ${yamlScalar(value)}`);
  };
  add(0, { property: "name" }, `${yamlKey(key)}:`);
  entry(1, "name", "name", spec.name);
  entry(1, "driver", "driver", spec.driver);
  if (spec.parent !== undefined || spec.mode !== undefined) {
    add(1, { property: spec.parent === undefined ? "mode" : "parent" }, "driver_opts:");
    if (spec.parent !== undefined) entry(2, "parent", "parent", spec.parent);
    if (spec.mode !== undefined) entry(2, "mode", modeOption(spec.driver), spec.mode);
  }
  if (spec.internal) add(1, { property: "internal" }, "internal: true");
  if (spec.enableIpv6) add(1, { property: "enableIpv6" }, "enable_ipv6: true");
  if (spec.pools.length > 0) {
    add(1, { property: "subnet", pool: 0 }, "ipam:");
    add(2, { property: "subnet", pool: 0 }, "config:");
  }
  for (const [pool, config] of spec.pools.entries()) lines.push(...poolLines(pool, config));
  return lines;
}

/** An item of `ipam.config`; its later keys stand two blanks deeper, below the first. */
function poolLines(pool: number, config: NetworkSpec["pools"][number]): YamlLine[] {
  const lines: YamlLine[] = [];
  const add = (property: SpecPath["property"], text: string) => {
    lines.push({ depth: 3, pieces: [{ text, path: { property, pool } }] });
  };
  add("subnet", `- subnet: ${yamlScalar(config.subnet)}`);
  if (config.gateway !== undefined) add("gateway", `  gateway: ${yamlScalar(config.gateway)}`);
  if (config.ipRange !== undefined) add("ipRange", `  ip_range: ${yamlScalar(config.ipRange)}`);
  const aux = Object.entries(config.aux ?? {});
  if (aux.length > 0) add("aux", "  aux_addresses:");
  for (const [auxName, address] of aux) {
    const path = { property: "aux", pool, auxName } as const;
    lines.push({
      depth: 4,
      pieces: [
        { text: `  ${yamlKey(auxName)}: `, path: { ...path, part: "name" } },
        { text: yamlScalar(address), path: { ...path, part: "address" } },
      ],
    });
  }
  return lines;
}

/** Plain texts that YAML 1.1 or 1.2 reads as something else than a string. */
const notAString =
  /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|0[xo][0-9a-f_]+|[-+]?\.[0-9]+|[-+]?\.inf|\.nan|[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?|\d{4}-\d\d?-\d\d?.*)$/i;

/**
 * A text as a YAML value that Compose reads back as the same string: plain where that is safe, else
 * in double quotes; `$` doubled, because Compose would take it for a variable.
 */
export function yamlScalar(text: string): string {
  return yamlKey(text.replaceAll("$", "$$$$"));
}

/** The same for a key, in which Compose looks for no variables. */
export function yamlKey(text: string): string {
  const plain = /^[A-Za-z0-9_/.][A-Za-z0-9_/.:@+-]*$/.test(text) && !text.endsWith(":");
  return plain && !notAString.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  // JSON's escapes are a part of YAML's. JSON leaves a few characters bare that YAML counts as line
  // breaks or forbids.
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
