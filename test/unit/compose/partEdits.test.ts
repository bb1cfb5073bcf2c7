import assert from "node:assert/strict";
import { Assembler } from "../../../src/compose/assembler";
import { ComposeDocument } from "../../../src/compose/document";
import { EditedText } from "../../../src/compose/editedText";
import { DeclarationReader } from "../../../src/compose/entryReader";
import { VariableCheck } from "../../../src/compose/variables";
import type { ComposeProject } from "../../../src/compose/project";
import { type Random, seededRandom } from "../support/random";
import { loaderOf } from "./memoryFiles";

const main = "/srv/demo/compose.yaml";
const plain = Array.from(
  { length: 8 },
  (_, i) =>
    `  plain${i}:\n    image: x\n    mem_limit: 10\n    networks:\n      lan:\n        ipv4_address: 10.0.1.${i}\n`,
).join("");
const files = {
  [main]: `name: demo
x-base: &base
  restart: always
include: [more.yaml]
services:
  web:
    <<: *base
    image: x
    networks:
      lan: {ipv4_address: 10.0.0.2}
  based: # on web
    extends: web
  alone:
    image: "x \${TAG:-1}"
    networks:
      lan:
        ipv4_address: 10.0.0.3
        mac_address: "02:42:0a:00:00:03"
  overridden:
    image: x
    networks: [lan]
${plain}  marked: &mark
    networks: {other: {}}
  alias: *mark

networks:
  lan:
    driver: macvlan
    ipam:
      config:
        - subnet: 10.0.0.0/24
          gateway: 10.0.0.1
  other:
    driver: bridge # the last
---
services:
  second:
    image: y
`,
  "/srv/demo/compose.override.yaml":
    "services:\n  overridden:\n    networks: {lan: {ipv4_address: 10.0.0.9}}\n",
  "/srv/demo/more.yaml": "services:\n  more:\n    image: z\n    networks: [lan]\n",
};
const odd = [".", "x", "\n    labels: [a]", "# c", " ", "'", "{", "\n", "$A", "\t"];

/** Everything of a project, places as offsets. */
function snapshot(project: ComposeProject): unknown {
  return JSON.parse(
    JSON.stringify(
      { ...project, textOf: project.paths.map(project.textOf) },
      (_, value: unknown) => {
        if (!value || typeof value !== "object") return value;
        if ("from" in value && "to" in value) return [value.from, value.to];
        if ("end" in value && "indent" in value) return ["body", value.end, value.indent];
        return value;
      },
    ),
  );
}

/** Mostly into a value, so that the file stays whole. */
function randomEdit(random: Random, text: string) {
  const words = [...text.matchAll(/[:-] +(?=\S)/g)].map(
    ({ index, 0: found }) => index + found.length,
  );
  const from = Math.min(text.length, random.pick(words) + random.int(3));
  const to = random.int(4) === 0 ? Math.min(text.length, from + random.int(3)) : from;
  return {
    from,
    to,
    newText:
      from < to && random.int(2) === 0
        ? ""
        : random.int(8) === 0
          ? random.pick(odd)
          : random.pick(["1", "9"]),
  };
}

/** Calls of a method while something is done. */
function callsOf<T extends object>(owner: T, name: keyof T & string, during: () => void): number {
  const method = owner[name] as (...args: unknown[]) => unknown;
  let calls = 0;
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]) {
      calls++;
      return method.apply(this, args);
    },
  });
  try {
    during();
  } finally {
    Object.defineProperty(owner, name, { configurable: true, writable: true, value: method });
  }
  return calls;
}

describe("an edit inside of a service or a network", () => {
  it("gives the project that reading all files anew gives", () => {
    const seeds = 60;
    let edits = 0;
    const during = () => {
      for (let seed = 1; seed <= seeds; seed++) {
        const random = seededRandom(seed);
        const texts: Record<string, string> = { ...files };
        const loader = loaderOf(texts);
        loader.project();
        for (let step = 0; step < 12; step++) {
          const path = random.int(5) === 0 ? random.pick(Object.keys(files)) : main;
          // Some are followed before anybody asks for the project.
          for (let i = random.int(3); i >= 0; i--) {
            const text = texts[path] ?? "";
            const edit = randomEdit(random, text);
            texts[path] = text.slice(0, edit.from) + edit.newText + text.slice(edit.to);
            loader.edit(path, [edit]);
          }
          edits++;
          const message = `seed ${seed} step ${step}: ${texts[path] ?? ""}`;
          const scratch = loaderOf(texts).project();
          assert.deepEqual(snapshot(loader.project()), snapshot(scratch), message);
        }
      }
    };
    const assemblings = callsOf(Assembler.prototype as never, "assembleAll", during);
    // Each project at its begin, and those from scratch, are always assembled as a whole.
    const short = 2 * edits + seeds - assemblings;
    assert.ok(short > edits / 20 && short < edits, `${short} of ${edits} edits took the short way`);
  }).timeout(120_000);

  it("reads that part, whatever the size of the file", () => {
    const count = 2000;
    const services = Array.from(
      { length: count },
      (_, i) =>
        `  s${i}:\n    image: x\n    networks:\n      n: {ipv4_address: 10.0.${i >> 8}.${i & 255}}\n`,
    );
    const text = `services:\n${services.join("")}networks:\n  n:\n    ipam: {config: [{subnet: 10.0.0.0/16}]}\n`;
    const document = new ComposeDocument(main, text);
    const before = document.project();
    const at = text.indexOf("10.0.4.") + 3;
    const edit = () => {
      document.edit([{ from: at, to: at, newText: "1" }]);
      document.project();
    };
    assert.equal(
      callsOf(EditedText.prototype, "toString", edit),
      0,
      "the text is not put together",
    );
    const read = callsOf(
      DeclarationReader.prototype as { declaration: unknown },
      "declaration",
      edit,
    );
    assert.ok(read > 0 && read < 20, `${read} readings`);
    assert.equal(callsOf(VariableCheck.prototype, "part", edit), 2, "the part before and after");
    const changed = document.project().services.filter((s, i) => s !== before.services[i]);
    assert.deepEqual(
      changed.map(({ key }) => key),
      ["s1024"],
    );
    assert.deepEqual(
      snapshot(document.project()),
      snapshot(new ComposeDocument(main, document.text).project()),
    );
  });
});

describe("EditedText", () => {
  it("reads like a string after each of 3,000 edits", () => {
    const random = seededRandom(3);
    let plain = "a line\nand another\n";
    const edited = new EditedText(plain);
    for (let step = 0; step < 3000; step++) {
      const from = random.int(plain.length + 1);
      const to = Math.min(plain.length, from + random.int(4));
      const newText = random.pick(["", "x", "\n", "some words"]);
      plain = plain.slice(0, from) + newText + plain.slice(to);
      edited.replace(from, to, newText);
      const [a, b] = [random.int(plain.length + 1), random.int(plain.length + 1)];
      assert.equal(edited.length, plain.length);
      assert.equal(edited.slice(a, b), plain.slice(a, b));
      assert.equal(edited.lineBreakFrom(a), plain.indexOf("\n", a));
      if (step % 100 === 0) assert.equal(String(edited), plain);
    }
  });
});
