import assert from "node:assert/strict";
import { engineInForce } from "../../../src/model/engineInForce";
import { newestProfile, newestVersion } from "../../../src/model/engineProfile";

describe("engine in force", () => {
  const all = { asked: "20.10.24", connected: "25.0.3", setting: "27.5" };

  it("is what was asked for, else the connected one, else the setting, else the newest", () => {
    assert.equal(engineInForce(all).version, "20.10.24");
    assert.equal(engineInForce({ ...all, asked: undefined }).version, "25.0.3");
    assert.equal(engineInForce({ setting: "27.5" }).version, "27.5");
    assert.deepEqual(engineInForce({}), { version: newestVersion, profile: newestProfile });
  });

  it("has the profile of its version", () => {
    assert.equal(engineInForce(all).profile.since, "20.10");
    assert.equal(engineInForce({ connected: "25.0.3" }).profile.since, "25.0");
  });

  it("passes over versions that cannot be read", () => {
    assert.equal(engineInForce({ asked: "", connected: "dev", setting: "27.5" }).version, "27.5");
  });
});
