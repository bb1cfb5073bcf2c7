import assert from "node:assert/strict";
import { cursorIn } from "../../../src/compose/cursorIn";
import { ComposeDocument } from "../../../src/compose/document";

/** `|` marks the cursor. */
function cursor(marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = cursorIn(new ComposeDocument("/p/compose.yaml", text).file, offset);
  return found && { ...found, keys: found.keys.join(".") };
}

const summary = (marked: string) => {
  const found = cursor(marked);
  return found && `${found.kind} ${found.keys} "${found.text}"`;
};

describe("cursor", () => {
  it("finds the value that is being typed", () => {
    const text = "networks:\n  lan:\n    driver: mac|v\n";
    const offset = text.indexOf("mac");
    assert.deepEqual(cursor(text), {
      kind: "value",
      keys: "networks.lan.driver",
      text: "macv",
      from: offset,
      to: offset + 4,
      quoted: false,
    });
  });

  it("finds a value that is still empty, with other keys behind it", () => {
    assert.equal(
      summary("networks:\n  lan:\n    driver_opts:\n      parent: |\n      mode: x\n"),
      'value networks.lan.driver_opts.parent ""',
    );
    assert.equal(
      summary("services:\n  a: {networks: {lan: {ipv4_address: |}}}\n"),
      'value services.a.networks.lan.ipv4_address ""',
    );
  });

  it("leaves quotes out, also one that is not closed yet", () => {
    assert.equal(summary('a:\n  b: "10.0|"\n'), 'value a.b "10.0"');
    assert.equal(summary('a:\n  b: "10.0|\n  c: 1\n'), 'value a.b "10.0"');
  });

  it("counts list items to the list's key", () => {
    assert.equal(
      summary("networks:\n  lan:\n    ipam:\n      config:\n        - subnet: 10.|\n"),
      'value networks.lan.ipam.config.subnet "10."',
    );
    assert.equal(
      summary("services:\n  a:\n    networks:\n      - l|\n"),
      'value services.a.networks "l"',
    );
  });

  it("finds keys, half-typed or not begun", () => {
    const head = "networks:\n  lan:\n    driver_opts:\n";
    assert.equal(summary(`${head}      par|\n`), 'value networks.lan.driver_opts "par"');
    assert.equal(
      summary(`${head}      parent: x\n      mac|\n`),
      'key networks.lan.driver_opts "mac"',
    );
    assert.equal(summary(`${head}      |\nservices: {}\n`), 'key networks.lan.driver_opts ""');
    assert.equal(summary(`${head}      parent: eth0\n    |\n`), 'key networks.lan ""');
    assert.equal(summary(`${head}|\n`), 'key  ""');
  });

  it("finds nothing in comments and behind a value", () => {
    assert.equal(summary("a:\n  b: 1 # com|ment\n"), undefined);
    assert.equal(summary("a:\n  b: 10.0.0.1 |\n"), undefined);
    assert.equal(summary("a:|\n"), undefined);
  });

  it("follows edits", () => {
    const document = new ComposeDocument("/p/compose.yaml", "a:\n  b: 1\n");
    document.edit([{ from: 8, to: 9, newText: "two" }]);
    assert.equal(cursorIn(document.file, 11)?.text, "two");
  });
});
