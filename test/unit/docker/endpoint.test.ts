import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parseHost } from "../../../src/docker/dockerHost";
import {
  type EndpointSettings,
  type EndpointWorld,
  resolveEndpoint,
} from "../../../src/docker/endpoint";

const sha = (name: string) => createHash("sha256").update(name).digest("hex");
const metaOf = (name: string, dir = "/home/ann/.docker") =>
  `${dir}/contexts/meta/${sha(name)}/meta.json`;
const meta = (host: string, more: object = {}) =>
  JSON.stringify({ Name: "x", Metadata: {}, Endpoints: { docker: { Host: host, ...more } } });

/** A machine of the user ann with these files and variables. */
function world(
  files: Record<string, string> = {},
  env: Record<string, string> = {},
  platform: NodeJS.Platform = "linux",
): EndpointWorld {
  return {
    env,
    platform,
    homeDir: "/home/ann",
    readFile: (path) => Promise.resolve(files[path]),
    exists: (path) => Promise.resolve(path in files),
  };
}

const system = { "/var/run/docker.sock": "" };

async function labelOf(settings: EndpointSettings, machine: EndpointWorld): Promise<string> {
  const result = await resolveEndpoint(settings, machine);
  return result.ok ? `${result.endpoint.label} by ${result.endpoint.source}` : result.message;
}

describe("the endpoint", () => {
  const files = {
    ...system,
    "/home/ann/.docker/config.json": JSON.stringify({ currentContext: "lab" }),
    [metaOf("lab")]: meta("unix:///run/lab.sock"),
    [metaOf("other")]: meta("unix:///run/other.sock"),
  };
  const all = { DOCKER_HOST: "unix:///env.sock", DOCKER_CONTEXT: "other" };
  const cases: [string, EndpointSettings, Record<string, string>, string][] = [
    [
      "takes the setting for the host before everything",
      { dockerHost: "unix:///set.sock", dockerContext: "other" },
      all,
      "unix:///set.sock by setting macvlan.dockerHost",
    ],
    [
      "takes the setting for the context before the environment",
      { dockerContext: "other" },
      all,
      "unix:///run/other.sock by setting macvlan.dockerContext, context other",
    ],
    ["takes DOCKER_HOST before contexts", {}, all, "unix:///env.sock by DOCKER_HOST"],
    [
      "takes DOCKER_CONTEXT before the current context",
      {},
      { DOCKER_CONTEXT: "other" },
      "unix:///run/other.sock by DOCKER_CONTEXT, context other",
    ],
    ["takes the current context", {}, {}, "unix:///run/lab.sock by context lab"],
    [
      "treats empty settings and variables as not set",
      { dockerHost: " ", dockerContext: "" },
      { DOCKER_HOST: "", DOCKER_CONTEXT: "" },
      "unix:///run/lab.sock by context lab",
    ],
    [
      "finds the usual socket behind the context `default`, which has no folder",
      {},
      { DOCKER_CONTEXT: "default" },
      "unix:///var/run/docker.sock by default",
    ],
  ];
  for (const [title, settings, env, expected] of cases) {
    it(title, async () => {
      assert.equal(await labelOf(settings, world(files, env)), expected);
    });
  }

  it("reads the files of the docker command from DOCKER_CONFIG", async () => {
    const machine = world(
      {
        "/etc/dk/config.json": JSON.stringify({ currentContext: "lab" }),
        [metaOf("lab", "/etc/dk")]: meta("tcp://10.0.0.5:99"),
      },
      { DOCKER_CONFIG: "/etc/dk" },
    );
    assert.equal(await labelOf({}, machine), "tcp://10.0.0.5:99 by context lab");
  });

  it("tries the sockets of the system, of the session and of Docker Desktop in this order", async () => {
    const env = { XDG_RUNTIME_DIR: "/run/user/7" };
    const desktop = { "/home/ann/.docker/run/docker.sock": "" };
    const rootless = { ...desktop, "/run/user/7/docker.sock": "" };
    const everything = { ...rootless, ...system };
    assert.equal(
      await labelOf({}, world(everything, env)),
      "unix:///var/run/docker.sock by default",
    );
    assert.equal(
      await labelOf({}, world(rootless, env)),
      "unix:///run/user/7/docker.sock by default",
    );
    assert.equal(
      await labelOf({}, world(desktop, env)),
      "unix:///home/ann/.docker/run/docker.sock by default",
    );
    const none = await resolveEndpoint({}, world({}, env));
    assert.ok(!none.ok && none.kind === "absent");
    assert.match(none.message, /there is no \/var\/run\/docker\.sock, .* or \/home\/ann/);
  });

  it("takes the named pipe on Windows", async () => {
    const result = await resolveEndpoint({}, world({}, {}, "win32"));
    assert.ok(result.ok && result.endpoint.kind === "npipe");
    assert.equal(result.endpoint.path, "\\\\.\\pipe\\docker_engine");
  });

  it("says which context is missing or broken", async () => {
    assert.match(
      await labelOf({ dockerContext: "gone" }, world()),
      /context gone .* does not exist/,
    );
    const broken = world({ [metaOf("lab")]: "{oops" });
    assert.match(await labelOf({ dockerContext: "lab" }, broken), /context lab .* names no engine/);
  });

  it("ignores a config.json that cannot be read, as the docker command does", async () => {
    const machine = world({ ...system, "/home/ann/.docker/config.json": "{" });
    assert.equal(await labelOf({}, machine), "unix:///var/run/docker.sock by default");
  });

  it("takes the certificates of a context, and their check off only where the context says so", async () => {
    const tls = `/home/ann/.docker/contexts/tls/${sha("lab")}/docker`;
    const pems = {
      [`${tls}/ca.pem`]: "CA",
      [`${tls}/cert.pem`]: "CERT",
      [`${tls}/key.pem`]: "KEY",
    };
    const strict = await resolveEndpoint(
      { dockerContext: "lab" },
      world({ ...pems, [metaOf("lab")]: meta("tcp://h:2376") }),
    );
    assert.ok(strict.ok && strict.endpoint.kind === "tcp");
    assert.equal(strict.endpoint.port, 2376);
    assert.deepEqual(strict.endpoint.tls, { ca: "CA", cert: "CERT", key: "KEY", verify: true });
    const lax = await resolveEndpoint(
      { dockerContext: "lab" },
      world({ [metaOf("lab")]: meta("tcp://h:1", { SkipTLSVerify: true }) }),
    );
    assert.ok(lax.ok && lax.endpoint.kind === "tcp");
    assert.deepEqual(lax.endpoint.tls, { verify: false });
  });

  it("takes the certificates of DOCKER_CERT_PATH with DOCKER_TLS_VERIFY", async () => {
    const env = { DOCKER_HOST: "tcp://h:9", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/certs" };
    const result = await resolveEndpoint({}, world({ "/certs/ca.pem": "CA" }, env));
    assert.ok(result.ok && result.endpoint.kind === "tcp");
    assert.deepEqual(result.endpoint.tls, { ca: "CA", verify: true });
  });

  it("misses certificates that the environment wants, as the docker command does", async () => {
    const env = { DOCKER_HOST: "tcp://h:9", DOCKER_TLS_VERIFY: "1" };
    assert.match(await labelOf({}, world({}, env)), /no \/home\/ann\/\.docker\/ca\.pem/);
  });

  it("takes a port of this machine for an environment with TLS and without a host", async () => {
    const machine = world({ ...system, "/home/ann/.docker/ca.pem": "CA" }, { DOCKER_TLS: "1" });
    assert.equal(await labelOf({}, machine), "tcp://localhost:2376 by default");
  });

  it("reads the host of a context as it was stored", async () => {
    const of = (host: string) =>
      labelOf({ dockerContext: "lab" }, world({ ...system, [metaOf("lab")]: meta(host) }));
    assert.match(await of("https://h:1"), /^tcp:\/\/h:1 by/);
    assert.equal(await of(""), "unix:///var/run/docker.sock by default");
    assert.match(await of("TCP://h"), /^tcp:\/\/h:80 by/);
    for (const host of ["h:93", " tcp://h:93", "unix://"]) {
      assert.match(await of(host), /cannot be read/, host);
    }
  });

  it("refuses a password with the way out and without showing it", async () => {
    const message = await labelOf({ dockerHost: "ssh://ann:secret@nas" }, world());
    assert.match(message, /ssh:\/\/nas .* load a key into the ssh agent/);
    assert.doesNotMatch(message, /secret/);
  });
});

describe("a host text", () => {
  const cases: [string, object][] = [
    ["unix:///run/d.sock", { kind: "unix", path: "/run/d.sock", local: true }],
    ["npipe:////./pipe/x", { kind: "npipe", path: "\\\\.\\pipe\\x", local: true }],
    ["npipe://", { kind: "npipe", path: "\\\\.\\pipe\\docker_engine" }],
    ["10.1.2.3:99", { kind: "tcp", host: "10.1.2.3", port: 99, local: false }],
    ["tcp://[fd00::1]:99", { kind: "tcp", host: "fd00::1", port: 99, label: "tcp://[fd00::1]:99" }],
    ["tcp://", { kind: "tcp", host: "localhost", port: 2375 }],
    ["tcp://:97", { kind: "tcp", host: "localhost", port: 97 }],
    [" tcp://h:97 ", { kind: "tcp", host: "h", port: 97 }],
    ["unix://", { kind: "unix", path: "/var/run/docker.sock" }],
    ["ssh://ann@nas", { kind: "ssh", ssh: { user: "ann", host: "nas" }, local: false }],
    ["tcp://ann:secret@h", { kind: "tcp", host: "h", label: "tcp://h:2375" }],
  ];
  for (const [host, expected] of cases) {
    it(`${host} is understood`, () => {
      const endpoint = parseHost(host, "test");
      for (const [key, value] of Object.entries(expected)) {
        assert.deepEqual((endpoint as unknown as Record<string, unknown>)[key], value, key);
      }
    });
  }

  for (const host of [
    ...["unix://run/d.sock", "tcp://h:port", "tcp://h:0", "tcp://[::1]", "TCP://h:97"],
    ...["http://h:97", "https://h:97", "/run/docker.sock"],
  ]) {
    it(`${host} is not`, () => {
      assert.ok(!("kind" in parseHost(host, "test")));
    });
  }

  it("of another scheme is not supported", () => {
    assert.ok("unsupported" in parseHost("fd://3", "test"));
  });
});
