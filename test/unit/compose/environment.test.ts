import assert from "node:assert/strict";
import { environmentProfiles, projectEnvironment } from "../../../src/compose/environment";

describe("environment of a project", () => {
  it("has the process win over the files, and a later file over an earlier", () => {
    const texts = ["A=1\nB=1\nC=1\n", "\uFEFFB=2\nC=2"];
    const found = projectEnvironment({ C: "3", D: undefined }, texts);
    assert.deepEqual([...found].sort(), [
      ["A", "1"],
      ["B", "2"],
      ["C", "3"],
    ]);
  });

  it("activates the profiles of COMPOSE_PROFILES", () => {
    assert.deepEqual(environmentProfiles(new Map([["COMPOSE_PROFILES", "a, b,,"]])), ["a", "b"]);
    assert.deepEqual(environmentProfiles(new Map()), []);
  });
});
