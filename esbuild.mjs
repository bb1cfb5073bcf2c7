/** Builds what runs: `node esbuild.mjs [--production]`. */
import { buildAll } from "./build/bundles.mjs";

const outputs = await buildAll({ production: process.argv.includes("--production") });
for (const [file, { bytes }] of outputs) {
  if (file.endsWith(".js"))
    process.stdout.write(`dist/${file}  ${(bytes / 1024).toFixed(1)} KiB\n`);
}
