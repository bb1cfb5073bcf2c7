/** What a text holds, in a form that a recording and our reading can be compared in. */
import type { Outline } from "../../src/compose/outline";
import type { YamlNode } from "../../src/compose/yamlNode";

/** A scalar: text, style and place (`line:column`, both from 1; absent with an anchor or a tag before it). */
export type Content =
  string | { list: readonly Content[] } | { map: readonly [string, Content][] } | null;

/** Each document; `"other"` for one that is no mapping. */
export type Documents = readonly Content[];

export function contentOf(outline: Outline, text: string): Documents {
  const anchored = new Set(
    outline.documents.flatMap(({ parts }) =>
      parts.flatMap((p) => p.anchors.map(({ node }) => node)),
    ),
  );
  const nodeOf = (node: YamlNode | undefined): Content => contentOfNode(node, text, anchored);
  return outline.documents.map(({ parts, sections, notMapping }) => {
    if (notMapping) return "other";
    const top: { from: number; pair: [string, Content] }[] = [];
    for (const { key, keyFrom, to } of sections) {
      const inside = parts.filter(
        (part) => part.section === key && part.region.start > keyFrom && part.region.start <= to,
      );
      const map = inside.map(({ pair }): [string, Content] => [pair.key, nodeOf(pair.value)]);
      top.push({ from: keyFrom, pair: [key, inside.length > 0 ? { map } : null] });
    }
    for (const { section, pair } of parts) {
      if (section === "") {
        top.push({ from: pair.place.from, pair: [pair.key, nodeOf(pair.value)] });
      }
    }
    return { map: top.sort((a, b) => a.from - b.from).map(({ pair }) => pair) };
  });
}

function contentOfNode(
  node: YamlNode | undefined,
  text: string,
  anchored: ReadonlySet<YamlNode | undefined>,
): Content {
  if (!node || (node.kind === "scalar" && node.style === "plain" && node.text === "")) return null;
  const inner = (child: YamlNode | undefined) => contentOfNode(child, text, anchored);
  switch (node.kind) {
    case "alias":
      return `*${node.name}`;
    case "seq":
      return { list: node.items.map(inner).filter((item) => item !== null) };
    case "map":
      return { map: node.pairs.map(({ key, value }) => [key, inner(value)]) };
    case "scalar": {
      const moved = node.tag !== undefined || anchored.has(node);
      return `${node.text}|${node.style}|${moved ? "" : position(text, node.place.from)}`;
    }
  }
}

/** Line and column as the recorder counts them: all line breaks that YAML has, columns in characters. */
function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|[\n\r\x85\u2028\u2029]/);
  return `${lines.length}:${Array.from(lines.at(-1) ?? "").length + 1}`;
}
