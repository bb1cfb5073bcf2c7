import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Pattern {
  readonly match: string;
}
interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly { readonly include: string }[];
  readonly repository: Readonly<Record<string, Pattern>>;
}

const folder = join(import.meta.dirname, "../../..");
const grammar = JSON.parse(
  readFileSync(join(folder, "syntaxes/addresses.tmLanguage.json"), "utf8"),
) as Grammar;

/** What the grammar marks in a line, by the order of its patterns, as `kind text`. */
function marks(line: string): string[] {
  const found: { from: number; to: number; text: string }[] = [];
  for (const { include } of grammar.patterns) {
    const kind = include.slice(1);
    for (const match of line.matchAll(new RegExp(grammar.repository[kind]!.match, "g"))) {
      const [text] = match;
      const to = match.index + text.length;
      if (text !== "" && !found.some((other) => match.index < other.to && other.from < to)) {
        found.push({ from: match.index, to, text: `${kind} ${text}` });
      }
    }
  }
  return found.sort((a, b) => a.from - b.from).map(({ text }) => text);
}

describe("grammar of addresses", () => {
  it("marks addresses, subnets, ranges and MACs, quoted or not", () => {
    assert.deepEqual(marks("        ipv4_address: 192.168.1.10"), ["v4 192.168.1.10"]);
    assert.deepEqual(marks("        - subnet: '192.168.1.0/24'"), ["v4 192.168.1.0/24"]);
    assert.deepEqual(marks('  dhcp: ["10.0.0.5-10.0.0.9", 10.0.0.1]'), [
      "range 10.0.0.5-10.0.0.9",
      "v4 10.0.0.1",
    ]);
    assert.deepEqual(marks("        mac_address: 02:42:ac:11:00:02 # x"), [
      "mac 02:42:ac:11:00:02",
    ]);
    assert.deepEqual(marks("        - subnet: fd00:1::/64"), ["v6 fd00:1::/64"]);
    assert.deepEqual(marks("        ipv6_address: 2001:db8:0:0:0:0:0:5"), [
      "v6 2001:db8:0:0:0:0:0:5",
    ]);
    assert.deepEqual(marks("        ipv6_address: ::1"), ["v6 ::1"]);
  });

  it("marks the default of a variable", () => {
    assert.deepEqual(marks("        ipv4_address: ${IP:-192.168.1.10}"), ["v4 192.168.1.10"]);
  });

  it("leaves alone what only looks like one", () => {
    for (const line of [
      "    image: acme/app:1.2.3.4",
      "    version: 10.20.30",
      "    address: 300.1.1.1",
      "    subnet: 10.0.0.0/33",
      "    at: 10:30:00",
      "    at: 2024-01-02T10:30:00",
      "    command: std::string",
      '    ports: ["127.0.0.1:80:80"]',
      "    10.0.0.1: key",
    ]) {
      assert.deepEqual(marks(line), [], line);
    }
  });

  it("is offered to the grammars of YAML under its name", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      contributes: { grammars: { scopeName: string; path: string; injectTo: string[] }[] };
    };
    assert.deepEqual(manifest.contributes.grammars, [
      {
        scopeName: grammar.scopeName,
        path: "./syntaxes/addresses.tmLanguage.json",
        injectTo: ["source.yaml", "source.dockercompose"],
      },
    ]);
  });
});
