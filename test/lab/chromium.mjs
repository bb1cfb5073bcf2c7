// @ts-check
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ensurePrograms, whyNoApt } from "./apt.mjs";
import { atExit } from "./cleanup.mjs";
import { hasProgram } from "./process.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macPath = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The browser of this machine, if there is one. CHROMIUM_EXECUTABLE names another. */
function findChromium() {
  const named = process.env["CHROMIUM_EXECUTABLE"];
  if (named) return named;
  return names.find(hasProgram) ?? (existsSync(macPath) ? macPath : undefined);
}

/**
 * Why no browser can be started here, or undefined.
 * @returns {string | undefined}
 */
export function whyNoChromium() {
  if (findChromium()) return undefined;
  const reason = whyNoApt();
  return reason && `no Chromium or Chrome found, and ${reason}`;
}

/**
 * Starts Chromium without a window; installs it from Debian when it is missing.
 * @param {{ lab?: import("./lab.mjs").Lab | undefined }} [options] `lab`: on the Docker host of this lab, for a server that is there
 */
export async function launchChromium({ lab } = {}) {
  if (!findChromium()) await ensurePrograms({ chromium: "chromium" });
  const program = findChromium();
  if (!program) throw new Error("no Chromium or Chrome found");
  const wrapper = writeWrapper(program, lab);
  const browser = await chromium.launch({
    executablePath: wrapper.path,
    // Root, as in most containers, has no Chromium sandbox. The pages shown are this machine's own.
    chromiumSandbox: false,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--lang=en-US",
      // The workbench has services on the internet (extension gallery, experiments): none is asked.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  });
  browser.on("disconnected", wrapper.remove);
  return browser;
}

/**
 * Playwright starts one program without words before it, so entering a network namespace takes a script.
 * @param {string} program
 * @param {import("./lab.mjs").Lab | undefined} lab
 */
function writeWrapper(program, lab) {
  const folder = mkdtempSync(join(tmpdir(), "macvlan-chromium-"));
  const path = join(folder, "chromium");
  const enter = lab ? `nsenter --net=/run/netns/${lab.netns} ` : "";
  writeFileSync(path, `#!/bin/sh\nexec ${enter}'${program}' "$@"\n`, { mode: 0o755 });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = atExit(remove);
  return {
    path,
    remove() {
      remove();
      forget();
    },
  };
}
