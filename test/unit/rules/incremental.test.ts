import assert from "node:assert/strict";
import { ComposeDocument, type DocumentEdit } from "../../../src/compose/document";
import type { Place } from "../../../src/compose/place";
import type { Facts } from "../../../src/model/facts";
import { rules } from "../../../src/rules/index";
import type { Finding } from "../../../src/rules/rule";
import { RuleRunner, runRules } from "../../../src/rules/run";
import { workload } from "../../bench/workload.mjs";
import { type Random, seededRandom } from "../support/random";
import { engineVersions, fixturePath, readFixtures } from "./fixture";

/** How many times the usual number of edits; a longer search for what nobody thought of. */
const times = Number(process.env["MACVLAN_CASES"] ?? 1);

/** Everything that anybody sees of findings, one a line. */
function textOf(findings: readonly Finding[]): string {
  const place = ({ path, from, to }: Place) => `${path}:${from}-${to}`;
  return findings
    .map(({ fixes, ...finding }) =>
      JSON.stringify({
        ...finding,
        place: place(finding.place),
        related: finding.related?.map((other) => [place(other.place), other.message]),
        fixes: fixes?.(),
      }),
    )
    .join("\n");
}

/** Networks that share subnets, parents and names; services that share parts, run often or not at all. */
const crowd = `name: crowd
x-lan: &lan
  networks: &ties
    lan: {ipv4_address: 192.168.1.20, mac_address: "02:42:c0:a8:01:14"}
x-pool: &pool {subnet: 10.77.0.0/24, gatewy: 10.77.0.1}
services:
  a: {networks: {lan: {ipv4_address: 192.168.1.20}, front: {ipv4_address: 172.20.0.5}}}
  b: {networks: *ties}
  c: {<<: *lan, profiles: [later]}
  d: {networks: {twin: {ipv4_address: 192.168.1.30}, front: {}}}
  e: {networks: [lan, twin], ports: ["80:80"]}
  f: {networks: {lan: {ipv4_address: 192.168.1.30}}, scale: 2}
  g: {container_name: web, networks: {house: {ipv4_address: 10.9.0.5}}}
  h: {networks: {house2: {ipv4_address: 10.9.0.5}}}
  i: {container_name: web}
  j: {networks: {nowhere: {ipv4_address: 10.0.0.1}}}
  k: {networks: {slim: {ipv4_address: 192.168.1.20}}, mac_address: "02:42:c0:a8:01:14"}
  l: {network_mode: crowd_lan, mac_address: "02:42:c0:a8:01:14"}
  m: {network_mode: crowd_twin, scale: 16}
  n: {networks: {lan2: {ipv4_address: 192.168.1.20}}}
  o: {networks: {lan2: {ipv4_address: 192.168.1.30}, lan: {priority: 1}}}
networks:
  old: {ipam: {config: [*pool]}}
  idle: {}
  older: {ipam: {config: [*pool]}}
  idler: {}
  lan:
    driver: macvlan
    driver_opts: {parent: eth0}
    ipam: {config: [{subnet: 192.168.1.0/24, gateway: 192.168.1.1}]}
  twin:
    driver: macvlan
    driver_opts: {parent: eth0}
    ipam: {config: [{subnet: 192.168.1.0/24, ip_range: 192.168.1.16/28, aux_addresses: {x: 192.168.1.31}}]}
  slim:
    driver: macvlan
    driver_opts: {parent: eth0}
    ipam: {config: [{subnet: 192.168.1.0/25, ip_range: 192.168.1.64/28}]}
  front: {ipam: {config: [{subnet: 172.20.0.0/24}]}}
  lan2: {external: true, name: crowd_lan}
  house: {external: true, name: house}
  house2: {external: true, name: house}
`;

const pieces = [
  ...[
    "a",
    "1",
    ".",
    ":",
    " ",
    "\n",
    "  ",
    "-",
    "#",
    '"',
    "{",
    "}",
    "[",
    "&base ",
    "*ties",
    "${A:-1}",
  ],
  ...[
    "external: true, ",
    "\n  new: {networks: [lan]}\n",
    "\n  lan: {}\n",
    "include: x.yaml\n",
    "scale: 0, ",
  ],
];

/** Words that an edit puts in the place of one another: the file stays readable, and says something else. */
const words =
  /\b(?:\d+\.\d+\.\d+\.\d+(?:\/\d+)?|lan2?|crowd_(?:lan|twin)|twin|slim|front|house2?|web|api|net-\d+|macvlan|ipvlan|eth\d(?:\.\d+)?|later)\b/g;

const noFacts: Facts = {};

function randomEdit(random: Random, text: string): DocumentEdit {
  const found = [...text.matchAll(words)];
  const lines = [...text.matchAll(/^.*\n/gm)];
  const kind = random.int(10);
  if (kind < 5 && found.length > 1) {
    const [old, other] = [random.pick(found), random.pick(found)];
    return { from: old.index, to: old.index + old[0].length, newText: other[0] };
  }
  if (kind < 7 && lines.length > 1) {
    const line = random.pick(lines);
    const at = kind === 5 ? line : random.pick(lines);
    const newText = kind === 5 ? "" : line[0];
    return { from: at.index, to: kind === 5 ? at.index + at[0].length : at.index, newText };
  }
  const from = random.int(text.length + 1);
  const to = random.int(3) === 0 ? Math.min(text.length, from + random.int(12)) : from;
  return { from, to, newText: random.pick(pieces) };
}

/** Edits the text at random, now and then taking an edit back, and compares after each. */
function compareAfterEdits(
  name: string,
  text: string,
  facts: Facts,
  seed: number,
  edits: number,
): void {
  const random = seededRandom(seed);
  const options = { engineVersion: random.pick(engineVersions) };
  const document = new ComposeDocument(fixturePath, text);
  const runner = new RuleRunner(rules, options);
  let before = text;
  for (let step = 0; step < edits * times; step++) {
    const now = random.int(8) === 0 ? noFacts : facts;
    if (random.int(4) === 0) document.replace(before);
    else {
      before = document.text;
      document.edit([randomEdit(random, before)]);
    }
    const kept = textOf(runner.run(document.project(), now));
    const scratch = textOf(runRules(rules, document.project(), now, options));
    if (kept === scratch) continue;
    const where = `${name}, seed ${seed}, edit ${step}, engine ${options.engineVersion}`;
    assert.equal(kept, scratch, `${where}:\n${document.text}`);
  }
}

describe("an incremental run finds what a run from scratch finds", function () {
  this.timeout(60_000 * times);

  it("in networks that share subnets and parents", () => {
    const house = {
      id: "1",
      name: "house",
      driver: "macvlan",
      parent: "eth0",
      ipam: [{ subnet: "10.9.0.0/24" }],
    };
    const facts: Facts = {
      networks: [house],
      containers: [
        {
          id: "2",
          name: "crowd-z-1",
          project: "crowd",
          service: "z",
          running: true,
          attachments: [{ network: "house", ipv4: "10.9.0.5", mac: "02:42:c0:a8:01:14" }],
        },
      ],
    };
    for (let seed = 1; seed <= 12; seed++)
      compareAfterEdits("crowd", crowd, seed % 2 ? facts : {}, seed, 20);
  });

  it("in a generated project", () => {
    for (let seed = 1; seed <= 4; seed++)
      compareAfterEdits("workload", workload(30, 5, seed), {}, seed, 15);
  });

  it("when the first of several that take one faulty part from an anchor is removed", () => {
    // Many others are kept, so that only the neighbourhood of what is gone is looked at.
    const others = Array.from(
      { length: 60 },
      (_, index) => `  x${index}: {networks: {lan: {ipv4_address: 10.1.1.${index}}}}\n`,
    );
    const text = crowd.replace("services:\n", `services:\n${others.join("")}`);
    const document = new ComposeDocument(fixturePath, text);
    const runner = new RuleRunner(rules);
    const facts: Facts = {};
    const faults = () =>
      runner.run(document.project(), facts).filter(({ rule }) => rule === "unknown-ipam-key");
    assert.equal(faults().length, 1);
    for (const [key, left] of [
      ["old", 1],
      ["older", 0],
    ] as const) {
      const line = `  ${key}: {ipam: {config: [*pool]}}\n`;
      const from = document.text.indexOf(line);
      document.edit([{ from, to: from + line.length, newText: "" }]);
      assert.equal(faults().length, left, `without ${key}`);
    }
  });

  it("in every fixture, with its facts", () => {
    for (const [index, { name, text, facts }] of readFixtures().entries()) {
      compareAfterEdits(name, text, facts, 1000 + index, 5);
    }
  });
});
