import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Called by VS Code in the extension host, with all test files of this folder bundled beside this one. Rejects if a test
 * failed; the counts go where the reporter writes them.
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({
    ui: "bdd",
    timeout: 30_000,
    // File watchers and windows answer late on a busy machine; the reporter tells what was tried again.
    retries: 1,
    forbidOnly: process.env["CI"] !== undefined,
    reporter: await reporter(),
    ...(process.env["MACVLAN_TEST_GREP"] && { grep: process.env["MACVLAN_TEST_GREP"] }),
  });
  const files = readdirSync(__dirname).filter((name) => name.endsWith(".test.js"));
  for (const name of files.sort()) mocha.addFile(join(__dirname, name));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

/** From its place in the project, so that it extends the same mocha that runs the tests. */
async function reporter(): Promise<Mocha.ReporterConstructor> {
  const path = join(__dirname, "../../test/lab/reporter.mjs");
  const module = (await import(pathToFileURL(path).href)) as { default: Mocha.ReporterConstructor };
  return module.default;
}
