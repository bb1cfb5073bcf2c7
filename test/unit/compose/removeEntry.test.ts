import assert from "node:assert/strict";
import { removeEntry } from "../../../src/compose/removeEntry";

/** What is left when the entry from `«` to `»` is removed; undefined where it is refused. */
function without(marked: string): string | undefined {
  const from = marked.indexOf("«");
  const to = marked.indexOf("»") - 1;
  const text = marked.replace("«", "").replace("»", "");
  const edit = removeEntry(text, { path: "compose.yaml", from, to });
  if (!edit) return undefined;
  assert.equal(edit.path, "compose.yaml");
  return text.slice(0, edit.from) + edit.newText + text.slice(edit.to);
}

describe("removeEntry", () => {
  it("takes whole lines", () => {
    assert.equal(without("a:\n  «b:\n    - 1\n    - 2»\n  c: 3\n"), "a:\n  c: 3\n");
  });

  it("takes a comment at the end of the last line along, and those below that belong to the entry", () => {
    assert.equal(
      without("a:\n  «b:\n    - 1» # one\n    # - 2\n  # about c\n  c: 3\n"),
      "a:\n  # about c\n  c: 3\n",
    );
  });

  it("keeps Windows line ends", () => {
    assert.equal(without("a:\r\n  «b: 1»\r\n  c: 3\r\n"), "a:\r\n  c: 3\r\n");
  });

  it("takes the last line of a file without a line break", () => {
    assert.equal(without("a:\n  c: 3\n  «b: 1»"), "a:\n  c: 3\n");
  });

  it("leaves entries that share a line alone", () => {
    assert.equal(without("a: {«b: 1», c: 3}\n"), undefined);
    assert.equal(without("- «b: 1»\n  c: 3\n"), undefined);
    assert.equal(without("a:\n  «b: [1, 2]», \n"), undefined);
  });

  it("leaves an anchor alone, which an alias may need", () => {
    assert.equal(without("a:\n  «b: &ports\n    - 1»\nd: *ports\n"), undefined);
    assert.equal(without("a:\n  «b: [&x 1]»\n"), undefined);
  });

  it("does not take an ampersand in a text for an anchor", () => {
    assert.equal(without("a:\n  «b: x&y & z»\n  c: 3\n"), "a:\n  c: 3\n");
  });
});
