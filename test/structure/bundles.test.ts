/** What is packaged is what runs: every bundle, and little of it at the start. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PackageManager, listFiles } from "@vscode/vsce";
import { inside } from "../../build/analysisApart.mjs";
import { buildAll } from "../../build/bundles.mjs";

const root = path.join(__dirname, "../..");

describe("the bundles, for production", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "macvlan-bundles-"));
  const dist = path.join(folder, "dist");
  let outputs: Awaited<ReturnType<typeof buildAll>>;

  before(async function () {
    this.timeout(120_000);
    outputs = await buildAll({ production: true, outdir: dist });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Bundles that a bundle may load while it runs. */
  const loadedBy = (name: string) =>
    [
      ...readFileSync(path.join(dist, name), "utf8").matchAll(
        /(?:require|import)\("\.\/([^"]+)"\)/g,
      ),
    ].map(([, other = ""]) => other);
  const inputsOf = (name: string) => Object.keys(outputs.get(name)?.inputs ?? {});

  it("are all in the package, also those that others load", async () => {
    for (const file of ["package.json", ".vscodeignore"])
      copyFileSync(path.join(root, file), path.join(folder, file));
    const packaged = await listFiles({ cwd: folder, packageManager: PackageManager.None });
    const needed = new Set(["extension.js", "worker.js", "cli.js", "wizard.js"]);
    for (const name of needed) for (const other of loadedBy(name)) needed.add(other);
    assert.ok(needed.has("analysis.js") && needed.has("docker.js"), [...needed].join(" "));
    const missing = [...needed].filter((name) => !packaged.includes(`dist/${name}`));
    assert.deepEqual(missing, []);
    assert.ok(!packaged.includes("dist/extension.js.map"), "and nothing else");
  });

  it("have what activation needs in less than 200 KiB", () => {
    const kib = statSync(path.join(dist, "extension.js")).size / 1024;
    assert.ok(kib < 200, `dist/extension.js has ${kib.toFixed(1)} KiB`);
  });

  it("take the interface of VS Code once", () => {
    const text = readFileSync(path.join(dist, "extension.js"), "utf8");
    assert.equal(text.match(/require\("vscode"\)/g)?.length, 1);
  });

  it("have the analysis only in its own bundle, and that without vscode", () => {
    assert.deepEqual(
      ["extension.js", "worker.js"]
        .flatMap(inputsOf)
        .filter((file) => inside.test(file) && !file.startsWith("src/model/")),
      [],
    );
    const strangers = inputsOf("analysis.js").filter(
      (file) => !inside.test(file) && !/^(node_modules\/@lezer\/|analysis\.ts$)/.test(file),
    );
    assert.deepEqual(strangers, []);
    assert.ok(inputsOf("analysis.js").includes("src/rules/run.ts"));
    for (const name of ["analysis.js", "worker.js"]) {
      assert.doesNotMatch(readFileSync(path.join(dist, name), "utf8"), /require\("vscode"\)/, name);
    }
  });

  it("load nothing but the extension itself when it is activated", () => {
    const script = path.join(root, "test/bench/activate.cjs");
    const output = execFileSync(process.execPath, [script, path.join(dist, "extension.js")]);
    const { files } = JSON.parse(String(output)) as { files: string[] };
    assert.deepEqual(files, ["extension.js"]);
  });
});
