import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import type { ComposeProject } from "../../../src/compose/project";
import { type Random, seededRandom } from "../support/random";

const start = `name: demo # the name
x-base: &base
  restart: always
  networks: &ties
    lan: {ipv4_address: 10.0.0.9}
services:
  web: # first
    <<: *base
    ports: ["80:80"]
  db:
    image: 'post''gres'
    networks:
      lan:
        ipv4_address: \${DB:-10.0.0.3}
        mac_address: "02:42:0a:00:00:03"
  cache:
    networks: *ties

networks:
  lan:
    driver: macvlan
    driver_opts:
      parent: eth0 # the LAN
    ipam:
      config:
        - subnet: 10.0.0.0/24
          gateway: 10.0.0.1
  other: {}
`;
const pieces = [
  "a",
  "1",
  ".",
  ":",
  " ",
  "\n",
  "  ",
  "-",
  "#",
  "'",
  '"',
  "{",
  "}",
  "[",
  "]",
  "&base ",
  "*base",
  "<<: *ties\n",
  "\n  new:\n    image: x\n",
  "\nnetworks:\n  x: {}\n",
  "\t",
  "\r\n",
  "${A:-1}",
  "---\n",
  "|\n",
  "? ",
  "!reset ",
  "\uFEFF",
];

/** Everything of a project, places as offsets. */
function snapshot(project: ComposeProject): unknown {
  return JSON.parse(
    JSON.stringify(project, (_, value: unknown) => {
      if (value && typeof value === "object" && "from" in value && "to" in value) {
        const { from, to } = value as { from: number; to: number };
        return [from, to];
      }
      if (value && typeof value === "object" && "end" in value) {
        const body = value as { end: number; indent: number };
        return ["body", body.end, body.indent];
      }
      return value;
    }),
  );
}

function randomEdit(random: Random, text: string) {
  const from = random.int(text.length + 1);
  const to = random.int(3) === 0 ? Math.min(text.length, from + random.int(12)) : from;
  const newText = from === to || random.int(2) === 0 ? random.pick(pieces) : "";
  return { from, to, newText };
}

describe("ComposeDocument, incrementally", () => {
  it("gives the same project as reading from scratch, after each of 3,000 random edits", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed);
      const document = new ComposeDocument("/p/compose.yaml", start);
      for (let step = 0; step < 30; step++) {
        const before = document.text;
        const edit = randomEdit(random, before);
        document.edit([edit]);
        const scratch = new ComposeDocument("/p/compose.yaml", document.text);
        assert.deepEqual(
          snapshot(document.project()),
          snapshot(scratch.project()),
          `seed ${seed} step ${step}: ${JSON.stringify(edit)} on\n${before}`,
        );
      }
    }
  }).timeout(120_000);

  it("gives the same on a file long enough for the parser to group its parts", () => {
    let text = "services:\n";
    for (let i = 0; i < 120; i++) {
      text += `  svc${i}:\n    image: x\n    networks:\n      net${i % 9}:\n        ipv4_address: 10.${i % 9}.0.${i}\n`;
      if (i % 3 === 0) text += "    labels:\n      - a=b\n      - c=d\n";
    }
    text += "\nnetworks:\n";
    for (let i = 0; i < 9; i++) {
      text += `  net${i}:\n    ipam:\n      config:\n        - subnet: 10.${i}.0.0/16\n          gateway: 10.${i}.0.1\n`;
    }
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      const document = new ComposeDocument("/p/compose.yaml", text);
      for (let step = 0; step < 6; step++) {
        // Mostly edits that leave the file whole: digits inside addresses.
        const digit = document.text.indexOf("10.", random.int(document.text.length)) + 3;
        const whole = random.int(3) > 0 && digit > 3;
        const edit = whole
          ? { from: digit, to: digit, newText: String(random.int(9)) }
          : randomEdit(random, document.text);
        document.edit([edit]);
        const scratch = new ComposeDocument("/p/compose.yaml", document.text);
        const message = `seed ${seed} step ${step}: ${JSON.stringify(edit)}`;
        assert.deepEqual(snapshot(document.project()), snapshot(scratch.project()), message);
      }
    }
  }).timeout(120_000);

  it("takes several edits at once", () => {
    const document = new ComposeDocument("/p/compose.yaml", start);
    const first = start.indexOf("10.0.0.3");
    const second = start.indexOf("10.0.0.9");
    document.edit([
      { from: first, to: first + 8, newText: "10.0.0.33" },
      { from: second, to: second + 8, newText: "10.0.0.99" },
    ]);
    assert.equal(
      document.text,
      start.replace("10.0.0.3}", "10.0.0.33}").replace("10.0.0.9}", "10.0.0.99}"),
    );
    const scratch = new ComposeDocument("/p/compose.yaml", document.text);
    assert.deepEqual(snapshot(document.project()), snapshot(scratch.project()));
  });

  it("keeps what an edit did not touch", () => {
    const document = new ComposeDocument("/p/compose.yaml", start);
    const before = document.project().services;
    const at = start.indexOf("10.0.0.3");
    document.edit([{ from: at, to: at, newText: "1" }]);
    const after = document.project().services;
    assert.equal(after[0], before[0], "web is the same object");
    assert.notEqual(after[1], before[1], "db was read again");
    assert.equal(after[2], before[2], "cache is the same object");
  });
});
