import assert from "node:assert/strict";
import { runOptions } from "../../../src/workbench/runOptions";

describe("how rules are run under the settings", () => {
  const settings = { engineVersion: "27.5", rules: { "ports-ignored": "off" } } as const;

  it("asks the connected engine before the setting", () => {
    assert.equal(
      runOptions(settings, { engine: { version: "20.10.24" } }).engineVersion,
      "20.10.24",
    );
    assert.equal(runOptions(settings, { engine: {} }).engineVersion, "27.5");
  });

  it("takes over the rules' levels", () => {
    assert.deepEqual(runOptions(settings, {}).overrides, settings.rules);
  });
});
