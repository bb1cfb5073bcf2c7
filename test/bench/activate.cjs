/**
 * Runs in a process of its own: node activate.cjs EXTENSION. Loads the extension with a stand-in for
 * the `vscode` module that accepts everything, calls activate(), prints the milliseconds of both,
 * and the files of its folder that were loaded, as JSON.
 */
const { readFileSync } = require("node:fs");
const path = require("node:path");
const Module = require("node:module");
const { performance } = require("node:perf_hooks");

/** Can be called, constructed, extended and asked for anything; lists of it are empty. */
function anything() {
  const target = function () {};
  return new Proxy(target, {
    get(_, key) {
      if (key === "prototype") return target.prototype;
      if (key === "then") return undefined;
      if (key === Symbol.iterator) return [][Symbol.iterator];
      if (key === Symbol.toPrimitive) return () => "";
      return anything();
    },
    apply: () => anything(),
    construct: () => anything(),
    set: () => true,
  });
}

/** Everything the module exports: bundles copy it name by name. */
const types = readFileSync(require.resolve("@types/vscode/index.d.ts"), "utf8");
const names = [...types.matchAll(/^\texport (?:class|enum|namespace|const|function) (\w+)/gm)];
const vscode = Object.fromEntries(names.map(([, name]) => [name, anything()]));
/** An untrusted workspace: nothing is contacted. */
vscode.workspace = new Proxy(anything(), {
  get(target, key) {
    if (key === "isTrusted") return false;
    if (key === "textDocuments") return [];
    return Reflect.get(target, key);
  },
});

const load = Module._load;
Module._load = function (request, ...rest) {
  return request === "vscode" ? vscode : load.call(this, request, ...rest);
};

const start = performance.now();
const extension = require(process.argv[2]);
const loaded = performance.now();
extension.activate({
  subscriptions: [],
  extensionUri: anything(),
  extension: anything(),
  workspaceState: { get: () => undefined, update: () => Promise.resolve() },
  globalState: { get: () => undefined, update: () => Promise.resolve() },
});
const active = performance.now();
const folder = path.dirname(path.resolve(process.argv[2]));
const files = Object.keys(require.cache)
  .filter((file) => path.dirname(file) === folder)
  .map((file) => path.basename(file));
const result = { load: loaded - start, activate: active - loaded, files };
process.stdout.write(JSON.stringify(result), () => {
  process.exit(0);
});
