// @ts-check
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { project } from "./project.mjs";

/**
 * Bundles test/vscode for the extension host, one file for each test file.
 * @returns the path of the module with `run()`
 */
export async function bundleTests() {
  const source = join(project, "test/vscode");
  const outdir = join(project, "out/vscode");
  rmSync(outdir, { recursive: true, force: true });
  const tests = readdirSync(source).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: ["index.ts", ...tests].map((name) => join(source, name)),
    outdir,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "inline",
    // Mocha must be the one that the reporter extends, and the extension host brings vscode.
    external: ["vscode", "mocha", "playwright-core", "esbuild"],
    plugins: [keepFileUrls],
    logLevel: "warning",
  });
  return join(outdir, "index.js");
}

/**
 * The lab's files find the scripts beside them by `import.meta.url`, which a bundle would lose.
 * @type {import("esbuild").Plugin}
 */
const keepFileUrls = {
  name: "keep-file-urls",
  setup({ onLoad }) {
    onLoad({ filter: /test\/lab\/[^/]+\.mjs$/ }, ({ path }) => {
      const url = JSON.stringify(pathToFileURL(path).href);
      return { contents: readFileSync(path, "utf8").replaceAll("import.meta.url", url) };
    });
  },
};
