import assert from "node:assert/strict";
import { Outbox } from "../../../src/background/outbox";
import type { FromChecker, PlainFinding, ProjectResult } from "../../../src/background/protocol";

const resultOf = (id: string, findings = 0): ProjectResult => ({
  id,
  versions: {},
  files: [],
  own: Array.from({ length: findings }, () => ({}) as PlainFinding),
  between: [],
  claims: undefined,
});

describe("outbox of the thread", () => {
  let messages: string[] = [];
  const make = (...ids: string[]) => {
    messages = [];
    const outbox = new Outbox((message: FromChecker) => {
      if (message.kind === "results") messages.push(message.results.map(({ id }) => id).join());
    });
    for (const id of ids) outbox.add(id);
    return outbox;
  };

  it("sends nothing more until what was sent is taken", () => {
    const outbox = make("a");
    assert.equal(outbox.send(resultOf, 0), true);
    outbox.add("b");
    assert.equal(outbox.send(resultOf, 0), false);
    assert.deepEqual(messages, ["a"]);
    outbox.taken();
    assert.equal(outbox.send(resultOf, 0), true);
    assert.deepEqual(messages, ["a", "b"]);
  });

  it("puts few findings into one message", () => {
    const outbox = make("a", "b", "c");
    outbox.send((id) => resultOf(id, 20), 0);
    assert.deepEqual(messages, ["a,b"]);
    assert.equal(outbox.size, 1);
  });

  it("waits for nothing where nothing was sent", () => {
    const outbox = make("a");
    assert.equal(
      outbox.send(() => undefined, 0),
      true,
    );
    outbox.add("b");
    assert.equal(outbox.send(resultOf, 0), true);
    assert.deepEqual(messages, ["b"]);
  });
});
