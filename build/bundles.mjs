// @ts-check
/**
 * What runs, as bundles: one entry point for each runtime. What the extension needs only later (the
 * analysis, the thread that checks the workspace, the engine's client, the readers of its host, the wizard's page) is a
 * bundle of its own,
 * so that activation loads little.
 */
import path from "node:path";
import { build } from "esbuild";
import { AnalysisApart } from "./analysisApart.mjs";
import { indexedLoops } from "./indexedLoops.mjs";

const root = path.join(import.meta.dirname, "..");
/** Not needed to talk to a socket: they serve image builds (gRPC) and a second ssh implementation. */
const unusedByDockerode = ["@grpc/grpc-js", "@grpc/proto-loader", "protobufjs", "ssh2"];

/** Replaces modules by empty ones. @type {import("esbuild").Plugin} */
const leaveOut = {
  name: "leave-out",
  setup(builder) {
    const names = new RegExp(`^(${unusedByDockerode.join("|")})(/|$)`);
    builder.onResolve({ filter: names }, (module) => ({
      path: module.path,
      namespace: "left-out",
    }));
    builder.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

/**
 * One namespace for VS Code's interface: esbuild gives each module that imports all of something external a copy
 * of its own, which were fifty times two hundred properties at activation.
 * @type {import("esbuild").Plugin}
 */
const oneVscode = {
  name: "one-vscode",
  setup(builder) {
    builder.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === "one-vscode"
        ? { path: "vscode", external: true }
        : { path: "vscode", namespace: "one-vscode" },
    );
    builder.onLoad({ filter: /.*/, namespace: "one-vscode" }, () => ({
      contents: 'export * from "vscode";',
    }));
  },
};

/** What `await import(...)` loads when it is first needed, by its bundle: the engine's client, the readers of its host. */
const later = /** @type {const} */ ({
  docker: { name: /^\.\/client$/, entry: "src/docker/client.ts" },
  host: { name: /^\.\.\/host\/reading$/, entry: "src/host/reading.ts" },
});

/** @type {import("esbuild").Plugin} */
const laterApart = {
  name: "later-apart",
  setup(builder) {
    for (const [bundle, { name }] of Object.entries(later)) {
      builder.onResolve({ filter: name }, ({ kind }) =>
        kind === "dynamic-import" ? { path: `./${bundle}.js`, external: true } : undefined,
      );
    }
  },
};

/**
 * Builds everything into a folder; tells what was made of what.
 * @param {{ production: boolean, outdir?: string }} options
 * @returns {Promise<ReadonlyMap<string, import("esbuild").Metafile["outputs"][string]>>} by file name
 */
export async function buildAll({ production, outdir = "dist" }) {
  const analysis = new AnalysisApart(root);
  /** @satisfies {import("esbuild").BuildOptions} */
  const common = /** @type {const} */ ({
    absWorkingDir: root,
    bundle: true,
    minify: production,
    sourcemap: production ? false : "linked",
    logLevel: "warning",
    metafile: true,
  });
  /** @satisfies {import("esbuild").BuildOptions} */
  const node = /** @type {const} */ ({
    ...common,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
  });
  const plugins = [leaveOut, laterApart];
  /** For the bundles that check files. */
  const fast = production ? [indexedLoops(root)] : [];
  const results = [
    await build({
      ...node,
      outdir,
      plugins: [oneVscode, ...plugins, analysis.user],
      entryPoints: { extension: "src/extension.ts" },
    }),
    await build({
      ...node,
      outdir,
      plugins: [analysis.user, ...fast],
      entryPoints: { worker: "src/worker.ts" },
    }),
    await build({
      ...node,
      plugins: fast,
      outfile: path.join(outdir, "analysis.js"),
      stdin: { contents: analysis.source, resolveDir: root, sourcefile: "analysis.ts" },
    }),
    ...(await Promise.all(
      Object.entries(later).map(([bundle, { entry }]) =>
        build({ ...node, outdir, plugins, entryPoints: { [bundle]: entry } }),
      ),
    )),
    await build({
      ...node,
      outdir,
      plugins: [...plugins, ...fast],
      entryPoints: { cli: "src/cli.ts" },
      banner: { js: "#!/usr/bin/env node" },
    }),
    await build({
      ...common,
      outdir,
      platform: "browser",
      target: "es2022",
      format: "iife",
      entryPoints: { wizard: "media/wizard/main.ts" },
      tsconfig: "media/wizard/tsconfig.json",
    }),
  ];
  return new Map(
    results.flatMap(({ metafile }) =>
      Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]),
    ),
  );
}
