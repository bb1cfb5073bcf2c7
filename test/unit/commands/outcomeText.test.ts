import assert from "node:assert/strict";
import type { Change, Step } from "../../../src/changes/change";
import type { Failure } from "../../../src/changes/runChange";
import { failureText, leftReasons } from "../../../src/commands/outcomeText";
import { EngineError } from "../../../src/docker/engineClient";
import type { Facts } from "../../../src/model/facts";

const container = { id: "c1", name: "dns" };
const connect: Step = {
  kind: "connect",
  network: { name: "lan" },
  container,
  endpoint: { ipv4: "192.168.1.20" },
};
const disconnect: Step = { ...connect, kind: "disconnect" };
const change: Change = {
  title: "give dns 192.168.1.20 on lan",
  steps: [disconnect, connect],
  goal: [connect],
  notes: [],
};
const facts: Facts = {
  containers: [
    {
      id: "c2",
      name: "web",
      running: true,
      attachments: [{ network: "lan", ipv4: "192.168.1.20" }],
    },
  ],
};
const inUse: Failure = {
  kind: "error",
  step: connect,
  error: new EngineError("conflict", "Address already in use"),
};

describe("what is told of a change that was not made", () => {
  it("is what stopped, who is in the way, what the engine says, and that all is as it was", () => {
    assert.match(
      failureText(
        change,
        { kind: "restored", failure: inUse, undone: [connect], moved: [] },
        facts,
      ),
      /^Give dns 192\.168\.1\.20 on lan stopped\. Could not connect dns to lan as 192\.168\.1\.20: the address is taken in the engine\. 192\.168\.1\.20 belongs to container web on network lan\. .*\(Docker says: Address already in use\) What was done before was taken back: all is as it was\.$/,
    );
  });

  it("says when the engine chose another address on the way back", () => {
    const moved = [{ container: "web", network: "lan", from: "192.168.1.9", to: "192.168.1.2" }];
    assert.match(
      failureText(change, { kind: "restored", failure: inUse, undone: [connect], moved }, facts),
      /was taken back\. The engine chose another address this time: web has 192\.168\.1\.2 on lan, not 192\.168\.1\.9\.$/,
    );
  });

  it("is short when it was cancelled before anything was done", () => {
    const failure: Failure = { kind: "cancelled" };
    assert.equal(
      failureText(change, { kind: "restored", failure, undone: [], moved: [] }, facts),
      "Cancelled: give dns 192.168.1.20 on lan. Nothing was changed.",
    );
  });

  it("names what somebody else changed meanwhile", () => {
    const reason = "Container dns no longer exists.";
    const failure: Failure = { kind: "changed", step: disconnect, reason };
    assert.match(
      failureText(change, { kind: "restored", failure, undone: [], moved: [] }, facts),
      /things are not as they were when it was planned\. Container dns no longer exists\. Nothing/,
    );
  });

  it("says where to find what is left, with a reason for each step", () => {
    const left = [{ step: connect, error: new EngineError("conflict", "Address already in use") }];
    const outcome = { kind: "left", failure: inUse, left, moved: [], fixed: ["web"] } as const;
    assert.match(
      failureText(change, outcome, facts),
      /One step back could not be done: the document.*by hand\. web has its address fixed now/,
    );
    assert.match(leftReasons(outcome, facts)[0] ?? "", /belongs to container web on network lan/);
  });
});
