/** Adds a network to a compose file by one insertion, keeping the file's indentation and every other byte. */
import type { NetworkSpec } from "../model/network";
import { networkYaml } from "./networkYaml";
import type { TextEdit } from "./place";
import type { ComposeProject } from "./project";

export type Insertion =
  | {
      readonly kind: "edit";
      readonly edit: TextEdit;
      /** Key under `networks:`; services name it. */
      readonly key: string;
      /** Where the network's first line begins once the edit is applied. */
      readonly offset: number;
    }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * The edit that adds the network to the main file of the project: below the last network of the
 * top-level `networks`, or as such a block at the end of the file.
 * @param text - the file's current text; `project` must be the reading of it
 */
export function insertNetwork(text: string, project: ComposeProject, spec: NetworkSpec): Insertion {
  const path = project.paths[0] ?? "";
  const same = project.networks.find((n) => n.realName === spec.name && n.external !== true);
  if (same) {
    return {
      kind: "refused",
      reason: `The file already has a network named ${spec.name} (key ${same.key}). Choose another name.`,
    };
  }
  const key = freeKey(spec.name, new Set(project.networks.map((network) => network.key)));
  const place = placeFor(text, project);
  if (place.kind === "refused") return place;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const style = { step: place.step, indent: place.indent };
  const lines = networkYaml(key, spec, style).map((pieces) =>
    pieces.map((piece) => piece.text).join(""),
  );
  const before = place.before.map((line) => line + eol).join("");
  const newText = before + lines.join(eol) + (place.endsLine ? eol : "");
  return {
    kind: "edit",
    edit: { path, from: place.from, to: place.to, newText },
    key,
    offset: place.from + before.length,
  };
}

/** Where the lines go, what precedes them, and how deep they stand. */
interface InsertionPlace {
  readonly kind: "place";
  readonly from: number;
  readonly to: number;
  /** Lines to write first; the first may be the rest of a line that has begun. */
  readonly before: readonly string[];
  readonly endsLine: boolean;
  readonly step: number;
  readonly indent: number;
}

function placeFor(
  text: string,
  project: ComposeProject,
): InsertionPlace | (Insertion & { kind: "refused" }) {
  const step = indentStep(text);
  const body = project.networksBody;
  if (body) {
    // The block's own indentation tells more than the file's first indented line.
    const own = body.indent > 0 ? body.indent : step;
    return {
      kind: "place",
      from: body.end,
      to: body.end,
      before: [""],
      endsLine: false,
      step: own,
      indent: body.indent,
    };
  }
  const header = /^(["']?)networks\1[ \t]*:(.*)$/m.exec(text);
  if (header) {
    const [whole, , rest = ""] = header;
    const line = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
    const empty = /^[ \t]*(?:null|~|\{[ \t]*\})(?=[ \t]|$)/.exec(line)?.[0] ?? "";
    const kept = line.slice(empty.length);
    if (!/^[ \t]*(?:#.*)?$/.test(kept)) {
      return {
        kind: "refused",
        reason:
          "The networks of this file are written in braces or through an alias, where no line can be added. Copy the YAML and merge it by hand.",
      };
    }
    const from = header.index + whole.length - rest.length;
    const to = from + line.length;
    return { kind: "place", from, to, before: [kept], endsLine: false, step, indent: step };
  }
  // After the last character that is no line break, so that trailing blank lines stay at the end.
  const end = text.length;
  const before =
    text.trim() === ""
      ? ["networks:"]
      : text.endsWith("\n")
        ? ["", "networks:"]
        : ["", "", "networks:"];
  return { kind: "place", from: end, to: end, before, endsLine: true, step, indent: step };
}

/** Blanks of the first indented line of a mapping, which YAML writers keep to; 2 when there is none. */
function indentStep(text: string): number {
  const match = /^( +)(?!-)[^\s#][^\n]*:/m.exec(text);
  const width = match?.[1]?.length ?? 2;
  return width >= 2 && width <= 8 ? width : 2;
}

/** The name as key of the file, with a number when taken. */
function freeKey(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const key = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(key)) return key;
  }
}
