import assert from "node:assert/strict";
import {
  engineProfiles,
  newestProfile,
  newestVersion,
  profileOf,
} from "../../../src/model/engineProfile";

describe("engineProfile", () => {
  it("finds the profile in force", () => {
    const versions: [string, string][] = [
      ["20.10.24", "20.10"],
      ["20.10.24+dfsg1", "20.10"],
      ["19.03.15", "20.10"],
      ["23.0.18", "23.0"],
      ["24", "24.0"],
      ["25.0.0", "25.0"],
      ["26.1.5-ce", "26.0"],
      ["v27.5.1", "27.0"],
      ["28.0.4", "28.0"],
      [" 28.5.2 ", "28.1"],
      ["29.0.4", "29.0"],
      ["29.1.0", "29.1"],
      ["29.2.9", "29.1"],
      ["29", "29.3"],
      ["29.7.2", "29.3"],
      ["30.0.0", "29.3"],
    ];
    for (const [version, since] of versions) {
      assert.equal(profileOf(version)?.since, since, version);
    }
    for (const text of ["", "dev", "master-dockerproject", "-1"]) {
      assert.equal(profileOf(text), undefined, text);
    }
    assert.equal(profileOf(newestVersion), newestProfile);
  });

  it("is in the order of the versions, each with an API of its own or later", () => {
    const since = engineProfiles.map((profile) => profile.since.split(".").map(Number));
    const numbers = since.map(([major = 0, minor = 0]) => major * 1000 + minor);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
    assert.equal(new Set(numbers).size, numbers.length);
    const apis = engineProfiles.map((profile) => Number(profile.api.split(".")[1]));
    assert.deepEqual(
      apis,
      [...apis].sort((a, b) => a - b),
    );
    assert.equal(engineProfiles.at(-1), newestProfile);
  });

  it("knows in which release each thing changed", () => {
    const first = (test: (profile: (typeof engineProfiles)[number]) => boolean) =>
      engineProfiles.find(test)?.since;
    assert.equal(
      first((p) => p.usesTinyPools),
      "23.0",
    );
    assert.equal(
      first((p) => p.ipvlanModes.includes("l3s")),
      "23.0",
    );
    assert.equal(
      first((p) => p.validatesIpvlanFlag),
      "23.0",
    );
    assert.equal(
      first((p) => p.validatesIpam),
      "25.0",
    );
    assert.equal(
      first((p) => p.validatesEndpointAtCreate),
      "25.0",
    );
    assert.equal(
      first((p) => p.endpointMac),
      "25.0",
    );
    assert.equal(
      first((p) => p.noParentIsInternal),
      "26.0",
    );
    assert.equal(
      first((p) => p.macvlanSharesParent),
      "27.0",
    );
    assert.equal(
      first((p) => p.allocatesIpv6Pool),
      "27.0",
    );
    assert.equal(
      first((p) => p.wrapsPoolErrors),
      "27.0",
    );
    assert.equal(
      first((p) => p.hiddenGateway !== "always"),
      "28.0",
    );
    assert.equal(
      first((p) => p.gwPriority),
      "28.0",
    );
    assert.equal(
      first((p) => p.hiddenGateway === "never"),
      "29.0",
    );
    assert.equal(
      first((p) => p.decodesAddresses),
      "29.0",
    );
    assert.equal(
      first((p) => !p.staticNeedsSubnet),
      "29.1",
    );
    assert.equal(
      first((p) => p.refusesDisabledFamily),
      "29.1",
    );
    assert.equal(
      first((p) => p.needsNetworkMode),
      "25.0",
    );
    assert.equal(
      first((p) => p.macOnConnect === "none"),
      "25.0",
    );
    assert.equal(
      first((p) => !p.macFromAddress),
      "28.0",
    );
    assert.equal(
      first((p) => p.macOnConnect === "asked"),
      "29.3",
    );
  });
});
