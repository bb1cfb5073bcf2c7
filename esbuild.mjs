/**
 * Builds what runs: `node esbuild.mjs [--production]`. One entry point for each runtime; what the
 * extension needs only later (the engine's client, the wizard) is a bundle of its own, so that
 * activation loads little.
 */
import { existsSync } from "node:fs";
import { build } from "esbuild";

const production = process.argv.includes("--production");
/** Not needed to talk to a socket: they serve image builds (gRPC) and a second ssh implementation. */
const unusedByDockerode = ["@grpc/grpc-js", "@grpc/proto-loader", "protobufjs", "ssh2"];

/** Replaces modules by empty ones. */
const leaveOut = {
  name: "leave-out",
  setup(builder) {
    const names = new RegExp(`^(${unusedByDockerode.join("|")})(/|$)`);
    builder.onResolve({ filter: names }, ({ path }) => ({ path, namespace: "left-out" }));
    builder.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

/** The engine's client is a bundle of its own, loaded by `await import("./client")` when first needed. */
const clientApart = {
  name: "client-apart",
  setup(builder) {
    builder.onResolve({ filter: /^\.\/client$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./docker.js", external: true } : undefined,
    );
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
  metafile: true,
};
const node = {
  ...common,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  plugins: [leaveOut, clientApart],
};
const targets = [
  { ...node, entryPoints: { extension: "src/extension.ts" }, outdir: "dist" },
  { ...node, entryPoints: { docker: "src/docker/client.ts" }, outdir: "dist" },
  {
    ...node,
    entryPoints: { cli: "src/cli.ts" },
    outdir: "dist",
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...common,
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: { wizard: "media/wizard/main.ts" },
    outdir: "dist",
    tsconfig: "media/wizard/tsconfig.json",
  },
];

for (const target of targets) {
  const [source] = Object.values(target.entryPoints);
  if (!existsSync(source)) throw new Error(`${source} is missing`);
  const { metafile } = await build(target);
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    if (file.endsWith(".js")) process.stdout.write(`${file}  ${(bytes / 1024).toFixed(1)} KiB\n`);
  }
}
