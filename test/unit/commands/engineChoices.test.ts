import assert from "node:assert/strict";
import { engineRows, objectionToHost } from "../../../src/commands/engineChoices";

const contexts = [
  { name: "default", host: "", isCurrent: false },
  { name: "lab", host: "ssh://me@lab", description: "the lab", isCurrent: true },
];

describe("the engines to choose from", () => {
  it("are the docker command's own choice, its contexts and any host", () => {
    const rows = engineRows(contexts, {});
    assert.deepEqual(
      rows.map(({ label, choice }) => [label, choice]),
      [
        ["As the docker command does", {}],
        ["default", { context: "default" }],
        ["lab", { context: "lab" }],
        ["Another host...", undefined],
      ],
    );
    assert.match(rows[0]?.description ?? "", /current context, lab$/);
    assert.equal(rows[2]?.description, "ssh://me@lab · the lab");
  });

  it("mark the one in force", () => {
    const chosen = (settings: object) =>
      engineRows(contexts, settings)
        .filter(({ isChosen }) => isChosen)
        .map(({ label }) => label);
    assert.deepEqual(chosen({}), ["As the docker command does"]);
    assert.deepEqual(chosen({ dockerContext: "lab" }), ["lab"]);
    assert.deepEqual(chosen({ dockerContext: "lab", dockerHost: "tcp://h" }), ["Another host..."]);
  });

  it("take no text for a host that is none", () => {
    for (const host of ["ssh://me@nas", "tcp://h:1", "unix:///x", " ssh://nas "])
      assert.equal(objectionToHost(host), undefined);
    for (const host of ["", "nas", "ssh://", "http://h"]) assert.ok(objectionToHost(host));
  });
});
