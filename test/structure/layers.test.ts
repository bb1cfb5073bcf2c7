/** The layers of docs/architecture.md, checked on what really ends up in a bundle and by the linter. */
import assert from "node:assert/strict";
import path from "node:path";
import { ESLint } from "eslint";
import { build } from "esbuild";

const root = path.join(__dirname, "../..");

/** Files and packages that a bundle of the entry point would hold. */
async function contentOf(entry: string): Promise<{ files: string[]; external: string[] }> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "cjs",
    packages: "external",
    outfile: "out/layers.js",
  });
  const files = Object.keys(metafile.inputs);
  const external = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter((one) => one.external === true).map((one) => one.path),
  );
  return { files, external };
}

describe("layers", () => {
  const cases: readonly [entry: string, folders: readonly string[]][] = [
    ["src/model/addressPlan.ts", ["model"]],
    ["src/compose/document.ts", ["model", "compose"]],
    ["src/rules/index.ts", ["model", "compose", "rules"]],
    ["src/docker/client.ts", ["model", "docker"]],
    ["src/host/interfaces.ts", ["model", "host"]],
    ["src/hostAccess/forms.ts", ["model", "compose", "rules", "hostAccess"]],
    ["src/changes/runChange.ts", ["model", "changes"]],
    ["src/changes/recreate.ts", ["model", "compose", "rules", "changes"]],
    ["src/inventory/inventory.ts", ["model", "docker", "host", "inventory"]],
    ["src/wizard/plan.ts", ["model", "compose", "rules", "wizard"]],
    ["src/wizard/protocol.ts", ["model", "wizard"]],
    ["src/views/treeModel.ts", ["model", "ids.ts", "hostAccess", "rules", "compose", "views"]],
    ["src/cli.ts", ["model", "compose", "rules", "cli", "cli.ts"]],
  ];
  for (const [entry, folders] of cases) {
    it(`${entry} pulls in nothing but ${folders.join(", ")}, and no vscode`, async () => {
      const { files, external } = await contentOf(entry);
      assert.ok(files.includes(entry), "the entry point itself is in the bundle");
      const strangers = files.filter(
        (file) => file !== "package.json" && !folders.some((f) => file.startsWith(`src/${f}`)),
      );
      assert.deepEqual(strangers, []);
      assert.ok(!external.includes("vscode"), "vscode");
    });
  }

  it("loads dockerode only behind docker/client.ts", async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ["src/extension.ts"],
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "cjs",
      packages: "external",
      outfile: "out/layers.js",
    });
    const importersOf = (target: string, kinds: readonly string[]) =>
      Object.entries(metafile.inputs)
        .filter(([, { imports }]) =>
          imports.some((one) => one.path === target && kinds.includes(one.kind)),
        )
        .map(([file]) => file);
    const kinds = ["import-statement", "require-call", "dynamic-import"];
    assert.deepEqual(importersOf("dockerode", kinds), ["src/docker/client.ts"]);
    assert.deepEqual(importersOf("src/docker/client.ts", kinds), ["src/docker/connect.ts"]);
    assert.deepEqual(importersOf("src/docker/client.ts", ["import-statement"]), []);
  });
});

describe("the linter's import rules", () => {
  const eslint = new ESLint({
    cwd: root,
    // With CI=true the parser would read the files instead of the text that it is given.
    overrideConfig: {
      languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } },
    },
  });
  const forbidden: readonly [file: string, code: string][] = [
    ["src/model/cidr.ts", 'import * as vscode from "vscode";\nvscode;\n'],
    ["src/model/cidr.ts", 'import { Value } from "../compose/value";\nValue;\n'],
    ["src/compose/document.ts", 'import { rules } from "../rules/index";\nrules;\n'],
    ["src/compose/value.ts", 'import { parser } from "@lezer/yaml";\nparser;\n'],
    ["src/rules/run.ts", 'import { connect } from "../docker/connect";\nconnect;\n'],
    ["src/changes/runChange.ts", 'import { connect } from "../docker/connect";\nconnect;\n'],
    ["src/inventory/inventory.ts", 'import * as vscode from "vscode";\nvscode;\n'],
    ["src/inventory/inventory.ts", 'import Docker from "dockerode";\nDocker;\n'],
    ["src/views/nodes.ts", 'import * as vscode from "vscode";\nvscode;\n'],
    ["src/editor/register.ts", 'import { x } from "../docker/client";\nx;\n'],
    ["src/commands/refresh.ts", 'import { activate } from "../extension";\nactivate;\n'],
  ];
  for (const [file, code] of forbidden) {
    it(`refuse ${code.split("\n")[0] ?? ""} in ${file}`, async () => {
      const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
      const ids = result?.messages.map(({ ruleId }) => ruleId) ?? [];
      assert.ok(ids.includes("no-restricted-imports"), JSON.stringify(result?.messages));
    });
  }
}).timeout(60_000);
