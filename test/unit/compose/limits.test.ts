import assert from "node:assert/strict";
import {
  deepestInclusion,
  maxEntries,
  mostInBrackets,
  maxVariablesLength,
  mostEntries,
  mostSubnets,
  mostTies,
} from "../../../src/compose/limits";
import type { ProjectLoader } from "../../../src/compose/projectLoader";
import { rules } from "../../../src/rules/index";
import { runRules } from "../../../src/rules/run";
import { loaderOf } from "./memoryFiles";

const main = "/srv/demo/compose.yaml";

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("");
}

function found(loader: ProjectLoader): string[] {
  return runRules(rules, loader.project(), {}).map(
    ({ rule, severity, message }) => `${rule}, ${severity}: ${message}`,
  );
}

const services = (count: number, prefix = "s") =>
  `services:\n${lines(count, (i) => `  ${prefix}${i}: {image: x, networks: [last]}\n`)}`;
const last = "  last: {ipam: {config: [{subnet: 10.0.0.0/8}]}}\n";
const networks = (count: number) => `networks:\n${lines(count - 1, (i) => `  n${i}: {}\n`)}${last}`;
const tied = (count: number) => `  a:
    image: x
    networks:
${lines(count, (i) => `      n${i}:\n`)}`;
const subnets = (count: number) => `  n:
    driver: macvlan
    ipam:
      config:
${lines(count, (i) => `        - subnet: 10.${i >> 8}.${i & 255}.0/24\n`)}`;
const address = (value: string) =>
  `services:\n  a:\n    image: x\n    networks:\n      n: {ipv4_address: ${value}}\n`;

describe("limits of what is checked", function () {
  // Large texts, on machines with other work.
  this.timeout(30_000);
  const cases: Record<string, [text: string, says: RegExp]> = {
    services: [
      services(mostEntries.services + 1) + networks(1),
      /^compose-error, information: The file has more than 6000 services; only files up to that/,
    ],
    networks: [
      services(1) + networks(mostEntries.networks + 1),
      /^compose-error, information: The file has more than 1000 networks; only files up to that/,
    ],
    "services in braces": [
      `services: {${lines(mostEntries.services + 2, (i) => `s${i}: {image: x, depends_on: [s6001], networks: [last]}, `)}}\n${networks(1)}`,
      /information: The project has 6002 services; only the first 6000 are checked/,
    ],
    "networks in braces": [
      `${services(1)}networks: {${lines(mostEntries.networks + 1, (i) => `n${i}: {}, `)} last: {}}\n`,
      /information: The project has 1002 networks; only the first 1000 are checked/,
    ],
    "keys and list items": [
      `${services(1)}${networks(1)}x:\n${"- a\n".repeat(maxEntries)}`,
      /information: The file has more than 100000 keys and list items/,
    ],
    "items in brackets": [
      `${services(1)}${networks(1)}x: [${"a, ".repeat(mostInBrackets + 1)}]\n`,
      /information: The file has more than 20000 items in one pair of brackets/,
    ],
    "networks of a service": [
      `services:\n${tied(mostTies + 1)}  b: {image: x, depends_on: [a], network_mode: "service:a"}\n${networks(mostTies + 2)}`,
      /information: The service "a" has 501 networks; only services with up to 500/,
    ],
    "subnets of a network": [
      `${address("10.255.0.9")}networks:\n${subnets(mostSubnets + 1)}`,
      /information: The network "n" has 1001 subnets; only networks with up to 1000/,
    ],
  };
  for (const [name, [text, says]] of Object.entries(cases)) {
    it(`${name}: one finding says what is not checked`, () => {
      const findings = found(loaderOf({ [main]: text }));
      assert.equal(findings.length, 1, findings.slice(0, 3).join("\n"));
      assert.match(findings[0] ?? "", says);
    });
  }

  it("what is just as large as it may be is checked", () => {
    const wrong = { [main]: `${address("10.255.0.9")}networks:\n${subnets(mostSubnets)}` };
    assert.match(found(loaderOf(wrong)).join("\n"), /address-outside-subnet/);
    const many = services(mostEntries.services).replaceAll("last", "gone");
    const findings = found(loaderOf({ [main]: many }));
    assert.equal(
      findings.filter((finding) => finding.startsWith("undefined-network")).length,
      mostEntries.services,
    );
    const full = `services:\n${tied(mostTies)}${networks(mostTies + 1)}`;
    assert.deepEqual(found(loaderOf({ [main]: full })), []);
  });

  it("counts the services of all files of a project", () => {
    const loader = loaderOf({
      [main]: `include: [b.yaml]\n${services(mostEntries.services / 2)}${networks(1)}`,
      "/srv/demo/b.yaml": services(mostEntries.services / 2 + 1, "t") + networks(1),
    });
    const findings = found(loader);
    assert.equal(findings.length, 1, findings.slice(0, 3).join("\n"));
    assert.match(findings[0] ?? "", /The project has 6001 services/);
  });

  it("an edit leads beyond a limit and back", () => {
    const text = `${address("10.0.0.9")}networks:\n${subnets(mostSubnets)}`;
    const loader = loaderOf({ [main]: text });
    const before = found(loader);
    const more = "        - subnet: 11.0.0.0/24\n";
    loader.edit(main, [{ from: text.length, to: text.length, newText: more }]);
    assert.match(found(loader).join("\n"), /^compose-error, information: .* 1001 subnets.*$/);
    loader.edit(main, [{ from: text.length, to: text.length + more.length, newText: "" }]);
    assert.deepEqual(found(loader), before);
  });

  it("what edits of single services add to a file counts", () => {
    const body = `services:\n  a:\n    image: x\n    command:\n${lines(maxEntries - 6, () => "      - a\n")}    tty: true\n`;
    const loader = loaderOf({ [main]: `${body}  b: {image: x}\n` });
    assert.deepEqual(found(loader), []);
    const at = body.indexOf("    tty");
    loader.edit(main, [{ from: at, to: at, newText: "      - a\n      - a\n" }]);
    assert.match(found(loader).join("\n"), /^compose-error, information: The file has more than/);
  });

  it("a file of variables that is too large leaves the project unchecked", () => {
    const env = `NAME=x\n#${"x".repeat(maxVariablesLength)}\n`;
    const text = "services:\n  a: {image: $NAME, networks: [gone]}\n";
    const findings = found(loaderOf({ [main]: text, "/srv/demo/.env": env }));
    assert.equal(findings.length, 1, findings.join("\n"));
    assert.match(
      findings[0] ?? "",
      /^compose-error, information: .* only files of variables up to/,
    );
  });

  it("a project that is not checked for its variables keeps its files", () => {
    const env = `#${"x".repeat(maxVariablesLength)}\n`;
    const loader = loaderOf({ [main]: "services: {}\n", "/srv/demo/.env": env });
    assert.deepEqual([loader.setup.files, loader.project().partial], [[main], true]);
  });

  it("a large env_file costs only what is in it", () => {
    const env = `NAME=x\n#${"x".repeat(maxVariablesLength)}\n`;
    const text = "services:\n  a: {image: x, env_file: big.env, networks: [gone]}\n";
    const findings = found(loaderOf({ [main]: text, "/srv/demo/big.env": env }));
    assert.deepEqual(findings.map((finding) => finding.replace(/:.*/, "")).sort(), [
      "compose-error, information",
      "undefined-network, error",
    ]);
  });

  it("inclusions are followed to a depth", () => {
    const count = deepestInclusion + 5;
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        i === 0 ? main : `/srv/demo/f${i}.yaml`,
        `${i === count - 1 ? "" : `include: [f${i + 1}.yaml]\n`}services:\n  s${i}: {image: x, networks: [last]}\n`,
      ]),
    );
    const findings = found(loaderOf(files));
    assert.equal(findings.length, 1, findings.join("\n"));
    assert.match(findings[0] ?? "", /Inclusions are followed 100 files deep/);
  });
});
