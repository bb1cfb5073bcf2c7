import assert from "node:assert/strict";
import type { Endpoint } from "../../../src/docker/dockerHost";
import { EngineError, type EngineErrorKind } from "../../../src/docker/engineClient";
import type { EngineState, HostState } from "../../../src/inventory/inventory";
import { connected, connecting, failed, untrusted } from "../../../src/inventory/stateText";
import { screenIdOf } from "../../../src/views/screenId";
import { statusOf } from "../../../src/views/statusText";

const info = {
  version: "28.5.2",
  apiVersion: "1.51",
  os: "linux",
  operatingSystem: "Debian",
  kernel: "6.1",
  hostName: "nas",
  rootless: false,
  desktop: false,
};
const unix: Endpoint = {
  ...{ kind: "unix", path: "/run/d.sock", label: "unix:///run/d.sock", source: "default" },
  local: true,
};
const tcp: Endpoint = {
  ...{ kind: "tcp", host: "10.0.0.5", port: 2376, label: "tcp://10.0.0.5:2376" },
  ...{ source: "context lab", local: false },
};
const ssh: Endpoint = {
  ...{ kind: "ssh", ssh: { host: "nas", user: "me", port: 2222 }, label: "ssh://me@nas:2222" },
  ...{ source: "DOCKER_HOST", local: false },
};
const here = { id: "", way: "local" } as const;
const elsewhere = { id: "", way: "none" } as const;
const broken = (kind: EngineErrorKind, endpoint: Endpoint, reason?: EngineError["reason"]) =>
  failed(new EngineError(kind, "Its own words.", { reason }), endpoint);

describe("a state of the engine", () => {
  const states: [string, EngineState, string, string][] = [
    [
      "a local engine",
      connected(info, unix, here),
      "connected",
      "$(server-environment) Docker 28.5.2",
    ],
    [
      "a remote engine",
      connected(info, ssh, elsewhere),
      "connected",
      "$(server-environment) Docker 28.5.2 on nas",
    ],
    [
      "Docker Desktop",
      connected({ ...info, desktop: true }, unix, elsewhere),
      "desktop",
      "$(server-environment) Docker 28.5.2 on unix:///run/d.sock",
    ],
    ["a rootless engine", connected({ ...info, rootless: true }, unix, elsewhere), "rootless", ""],
    [
      "WSL 2",
      connected({ ...info, kernel: "5.15.1-microsoft-standard-WSL2" }, unix, here),
      "wsl2",
      "",
    ],
    ["Windows containers", connected({ ...info, os: "windows" }, unix, here), "unsupported", ""],
    ["the beginning", connecting, "connecting", "$(sync~spin) Docker: connecting"],
    ["no trust", untrusted, "untrusted", "$(workspace-untrusted) Docker: not contacted"],
    ["no engine", broken("absent", unix), "absent", "$(debug-disconnect) Docker: no engine"],
    ["no permission", broken("denied", unix), "denied", "$(lock) Docker: no permission"],
    [
      "no answer",
      broken("unreachable", tcp),
      "unreachable",
      "$(debug-disconnect) Docker: no answer",
    ],
    ["TLS", broken("denied", tcp, "tls"), "tls", "$(lock) Docker: TLS refused"],
    [
      "an unknown key",
      broken("denied", ssh, "sshUnknownKey"),
      "sshUnknownKey",
      "$(lock) Docker: unknown host key",
    ],
    [
      "a changed key",
      broken("denied", ssh, "sshChangedKey"),
      "sshChangedKey",
      "$(lock) Docker: host key changed",
    ],
    ["an old engine", broken("rejected", tcp, "apiTooOld"), "apiTooOld", ""],
    [
      "a context that is gone",
      { kind: "absent", detail: "It does not exist.", reason: "badEndpoint" },
      "badEndpoint",
      "$(debug-disconnect) Docker: no such engine",
    ],
  ];
  for (const [name, state, screen, text] of states) {
    it(`has its screen and its words: ${name}`, () => {
      assert.equal(screenIdOf(state), screen);
      const status = statusOf(state);
      if (text !== "") assert.equal(status.text, text);
      assert.ok(status.tooltip.startsWith(state.detail));
      assert.match(status.tooltip, /Select to choose/);
    });
  }

  it("says how the host's interfaces are known, and why they are not", () => {
    const tooltip = (way: HostState["way"], message?: string) =>
      statusOf(
        connected(info, tcp, {
          ...{ id: "", way },
          ...(message !== undefined && { trouble: { message, needsImage: false } }),
        }),
      ).tooltip;
    assert.match(tooltip("askable"), /interfaces are not known/);
    assert.match(tooltip("container"), /read with a container/);
    assert.match(tooltip("container", "No such thing."), /not be read: No such thing\./);
  });

  it("names version, API, host and who chose it", () => {
    assert.equal(
      statusOf(connected(info, tcp, elsewhere)).tooltip,
      "Docker Engine 28.5.2 on Debian. API 1.51.\nHost: nas\ntcp://10.0.0.5:2376, by context lab\nSelect to choose another engine.",
    );
  });

  it("keeps the words of where the failure was found, and the way to log in", () => {
    const state = broken("denied", ssh, "sshLogin");
    assert.equal(state.detail, "Its own words.");
    assert.deepEqual("login" in state && state.login, ["-l", "me", "-p", "2222", "--", "nas"]);
    assert.match(broken("denied", unix).detail, /group docker .* rootless/);
  });
});
