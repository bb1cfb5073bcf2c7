// @ts-check
/**
 * Runs in a process of its own, in the network namespace of an engine: node registryServer.mjs FOLDER, with an
 * unpacked `docker save`. Prints its port, then what it is asked. What is served and how is told in `registry.mjs`.
 * https://distribution.github.io/distribution/spec/api/ and spec/manifest-v2-2/
 */
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const manifestType = "application/vnd.docker.distribution.manifest.v2+json";
const folder = process.argv[2] ?? ".";
const [saved] = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const base = readFileSync(join(folder, saved.Layers[0]));
const images = new Map(["box", "broken", "slow"].map((name) => [name, makeImage(name)]));

/**
 * The saved image with one more layer, so that the engine has neither the image nor all of its layers.
 * @param {string} name
 */
function makeImage(name) {
  const root = join(folder, name);
  mkdirSync(root);
  writeFileSync(join(root, `of-registry-${name}`), randomBytes(1_000_000));
  const added = execFileSync("tar", ["-C", root, "-c", "."], { maxBuffer: 1e8 });
  const config = JSON.parse(readFileSync(join(folder, saved.Config), "utf8"));
  config.rootfs.diff_ids.push(digestOf(added));
  delete config.history;
  const bytes = Buffer.from(JSON.stringify(config));
  const layers = [gzipSync(base), gzipSync(added)];
  const [tar, json] = ["image.rootfs.diff.tar.gzip", "container.image.v1+json"];
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: describe(`application/vnd.docker.${json}`, bytes),
      layers: layers.map((layer) => describe(`application/vnd.docker.${tar}`, layer)),
    }),
  );
  return { manifest, blobs: [bytes, ...layers], last: layers[1] };
}

/**
 * @param {string} mediaType
 * @param {Buffer} bytes
 */
function describe(mediaType, bytes) {
  return { mediaType, size: bytes.length, digest: digestOf(bytes) };
}

/** @param {Buffer} bytes */
function digestOf(bytes) {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

const server = createServer((request, response) => {
  const path = request.url ?? "";
  say(`${request.method} ${path}`);
  response.once("close", () => {
    if (!response.writableFinished) say(`closed ${path}`);
  });
  /** @param {Buffer} bytes @param {string} type */
  const answer = (bytes, type) => {
    response.setHeader("Content-Type", type);
    response.setHeader("Content-Length", bytes.length);
    response.setHeader("Docker-Content-Digest", digestOf(bytes));
    response.end(request.method === "HEAD" ? undefined : bytes);
  };
  const [, name = "", kind, what = ""] =
    /^\/v2\/([^/]+)\/(manifests|blobs)\/(.+)$/.exec(path) ?? [];
  const image = images.get(name);
  const blob = image?.blobs.find((bytes) => digestOf(bytes) === what);
  if (path === "/v2/") answer(Buffer.from("{}"), "application/json");
  else if (image && kind === "manifests") answer(image.manifest, manifestType);
  else if (image && blob && blob === image.last && name === "slow") {
    response.setHeader("Content-Length", blob.length);
    let sent = blob.length >> 1;
    response.write(blob.subarray(0, sent));
    const drip = setInterval(() => response.write(blob.subarray(sent, (sent += 100))), 100);
    response.once("close", () => {
      clearInterval(drip);
    });
  } else if (image && blob && blob === image.last && name === "broken") {
    const other = Buffer.from(blob);
    other[blob.length >> 1] = (other[blob.length >> 1] ?? 0) ^ 255;
    answer(other, "application/octet-stream");
  } else if (blob) answer(blob, "application/octet-stream");
  else {
    response.statusCode = 404;
    const errors = [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown of the lab" }];
    answer(Buffer.from(JSON.stringify({ errors })), "application/json");
  }
});

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  say(String(typeof address === "object" ? address?.port : ""));
});
process.stdin.resume().once("end", () => process.exit(0));
