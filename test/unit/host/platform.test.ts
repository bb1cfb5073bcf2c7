import assert from "node:assert/strict";
import { type PlatformInfo, platformOf, seesInterfaces } from "../../../src/host/platform";

const debian: PlatformInfo = {
  os: "linux",
  kernel: "6.12.0-amd64",
  hostName: "nas",
  rootless: false,
  desktop: false,
};
const wsl = { ...debian, kernel: "5.15.167.4-microsoft-standard-WSL2" };

describe("the platform of an engine", () => {
  for (const [info, platform] of [
    [debian, "linux"],
    [{ ...debian, rootless: true }, "rootless"],
    [wsl, "wsl2"],
    [{ ...wsl, desktop: true }, "desktop"],
    [{ ...debian, os: "windows" }, "windows"],
  ] as const) {
    it(`is ${platform}`, () => {
      assert.equal(platformOf(info), platform);
    });
  }
});

describe("the interfaces of this machine", () => {
  it("are the engine's when it runs here, on Linux or in WSL", () => {
    assert.equal(seesInterfaces(debian, true, "nas"), true);
    assert.equal(seesInterfaces(wsl, true, "nas"), true);
  });

  it("are not when it is reached over a network", () => {
    assert.equal(seesInterfaces(debian, false, "nas"), false);
  });

  it("are not when the socket leads to another host or out of a container", () => {
    assert.equal(seesInterfaces(debian, true, "3f2a9c1b7d40"), false);
  });

  it("are not when the engine has its own: Desktop, rootless", () => {
    assert.equal(seesInterfaces({ ...debian, desktop: true }, true, "nas"), false);
    assert.equal(seesInterfaces({ ...debian, rootless: true }, true, "nas"), false);
  });
});
