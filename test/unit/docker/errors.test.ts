import assert from "node:assert/strict";
import { EngineError } from "../../../src/docker/engineClient";
import { type Purpose, engineError } from "../../../src/docker/errors";

/** As docker-modem throws it. */
function answer(statusCode: number, message: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${message} `), {
    statusCode,
    json: { message },
  });
}

function failure(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

describe("an error of the engine", () => {
  const cases: [number, string, string, Purpose?][] = [
    [409, "network with name lan already exists", "conflict"],
    [403, "Pool overlaps with other one on this address space", "conflict"],
    [403, "invalid pool request: Pool overlaps with other one on this address space", "conflict"],
    [500, "network dm-0123 is already using parent interface lan0", "conflict"],
    [500, "failed to set up container networking: Address already in use", "conflict"],
    [403, "error while removing network: network lan id 12 has active endpoints", "inUse"],
    [400, "error while removing network: network lan has active endpoints", "inUse"],
    [404, "No such container: pihole", "notFound"],
    [
      404,
      "could not find an available, non-overlapping IPv6 address pool",
      "rejected",
      "createNetwork",
    ],
    [500, "invalid subinterface vlan name nope, example formatting is eth0.10", "rejected"],
    [403, "authorization denied by plugin opa", "denied"],
    [403, "<html><body><h1>403 Forbidden</h1></body></html>", "denied"],
    [503, "upstream is away", "unreachable"],
  ];
  for (const [status, words, kind, purpose] of cases) {
    it(`${status} "${words.slice(0, 60)}" is ${kind}`, () => {
      const error = engineError(answer(status, words), "unix:///d.sock", purpose);
      assert.equal(error.kind, kind);
      assert.equal(error.message, words);
    });
  }

  it("in a stream has its words behind docker-modem's", () => {
    const thrown = Object.assign(
      new Error("(HTTP code 404) no such image - pull access denied for x - not found "),
      { statusCode: 404, json: null },
    );
    assert.equal(
      engineError(thrown, "unix:///d.sock").message,
      "pull access denied for x - not found",
    );
  });
});

describe("a failure of the connection", () => {
  for (const [code, kind] of [
    ["ENOENT", "absent"],
    ["ECONNREFUSED", "absent"],
    ["EACCES", "denied"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "denied"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "denied"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "denied"],
    ["ECONNRESET", "unreachable"],
    ["EHOSTUNREACH", "unreachable"],
    ["ENOTFOUND", "unreachable"],
  ] as const) {
    it(`${code} is ${kind} and names the endpoint`, () => {
      const error = engineError(failure(code), "tcp://nas:2376");
      assert.equal(error.kind, kind);
      assert.match(error.message, /tcp:\/\/nas:2376/);
    });
  }

  it("stays what it is when it was recognised already", () => {
    const error = new EngineError("inUse", "busy");
    assert.equal(engineError(error, "x"), error);
  });
});

describe("a failure of TLS", () => {
  const cases: [string, RegExp][] = [
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /not of the CA .* another machine/],
    ["SELF_SIGNED_CERT_IN_CHAIN", /not of the CA/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /not of the CA/],
    ["CERT_HAS_EXPIRED", /has expired/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /made for other names/],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", /did not accept the certificate of this side/],
    ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", /did not accept the certificate of this side/],
    ["ERR_SSL_WRONG_VERSION_NUMBER", /does not speak TLS/],
    ["EPROTO", /does not speak TLS/],
    ["ERR_OSSL_PEM_NO_START_LINE", /cannot be used/],
    ["ERR_OSSL_X509_KEY_VALUES_MISMATCH", /cannot be used/],
  ];
  for (const [code, message] of cases) {
    it(`says what to do after ${code}`, () => {
      const error = engineError(failure(code), "tcp://nas:2376");
      assert.deepEqual([error.kind, error.reason], ["denied", "tls"]);
      assert.match(error.message, message);
      assert.match(error.message, /tcp:\/\/nas:2376/);
    });
  }

  it("is also what a server of TLS says to a client without", () => {
    const words = "Client sent an HTTP request to an HTTPS server.\n";
    const error = engineError(
      Object.assign(new Error(words), { statusCode: 400 }),
      "tcp://nas:2376",
    );
    assert.deepEqual([error.kind, error.reason], ["denied", "tls"]);
    assert.match(error.message, /it speaks TLS and this connection does not/);
  });
});
