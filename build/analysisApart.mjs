// @ts-check
/**
 * The analysis (src/compose and src/rules), what plans with it, and what the engine's messages mean, is a bundle of
 * its own, which the extension loads when it first uses something of it: most windows never show a compose file. The sources import from it as
 * from anywhere else, so types stay as they are; what is put in its place here loads the bundle at the first
 * use of an export, not at the import. A module that uses one while it is itself loaded (a class that
 * extends one, a constant computed from one) would load the bundle at activation: a test refuses that.
 */
import path from "node:path";
import { build } from "esbuild";

/** The wizard's modules without VS Code: what a plan is, and what is wrong with it. */
const plans =
  "wizard/(?:form|formChecks|formText|notes|parents|picture|plan|prefill|quickSteps)(?:\\.ts)?$";
/** What messages of the engine mean: needed when one is shown. */
const messages = "workbench/(?:engineMessages|messagesOfContainers|messagesOfNetworks)(?:\\.ts)?$";
const folders = "(?:changes|compose|hostAccess|rules)/";
const apart = new RegExp(`^src/(?:${folders}|${plans}|${messages})`);
/** What the analysis itself is made of; the rest of the sources is a user of it. */
export const inside = new RegExp(`^src/(?:${folders}|model/|${plans}|${messages})`);
const bundle = "./analysis.js";

/** Modules of the analysis that are used from outside, by path from the root without extension. */
export class AnalysisApart {
  /** @type {Set<string>} */
  modules = new Set();
  /** @param {string} root folder of the project */
  constructor(root) {
    this.root = root;
  }

  /** For the bundle that uses the analysis; gathers `modules`. @returns {import("esbuild").Plugin} */
  get user() {
    return {
      name: "analysis-apart",
      setup: (builder) => {
        builder.onResolve({ filter: /^\.\.?\// }, ({ path: name, importer }) => {
          const file = this.#relative(path.resolve(path.dirname(importer), name));
          if (!apart.test(file) || inside.test(this.#relative(importer))) return undefined;
          this.modules.add(file);
          return { path: file, namespace: "analysis" };
        });
        builder.onResolve({ filter: /^\.\/analysis\.js$/, namespace: "analysis" }, () => ({
          path: bundle,
          external: true,
        }));
        builder.onLoad({ filter: /.*/, namespace: "analysis" }, async ({ path: file }) => {
          const names = await exportsOf(path.join(this.root, `${file}.ts`));
          const part = `require("${bundle}").modules["${file}"]`;
          const getters = names.map((name) => `get ${name}() { return ${part}.${name}; }`);
          return { contents: `module.exports = { ${getters.join(", ")} };` };
        });
      },
    };
  }

  /** Source text of the bundle itself, once `modules` are known. */
  get source() {
    const modules = [...this.modules].sort();
    const imports = modules.map((file, i) => `import * as m${i} from "./${file}";\n`).join("");
    const list = modules.map((file, i) => `  "${file}": m${i},\n`).join("");
    return `${imports}export const modules = {\n${list}};\n`;
  }

  /** @param {string} file */
  #relative(file) {
    return path.relative(this.root, file).replaceAll(path.sep, "/");
  }
}

/** Names that the module exports; types are none. @param {string} file */
async function exportsOf(file) {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    write: false,
    metafile: true,
  });
  return Object.values(metafile.outputs)[0]?.exports ?? [];
}
