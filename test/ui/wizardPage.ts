/** The wizard's page in a bare browser: the real script and styles under the real policy, the real judgement behind it. */
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { EngineState } from "../../src/inventory/inventory";
import type { Facts } from "../../src/model/facts";
import type { NetworkSpec } from "../../src/model/network";
import { pageHtml } from "../../src/wizard/pageHtml";
import { readFromPage } from "../../src/wizard/protocol";
import { WizardSession } from "../../src/wizard/session";
import { project } from "../lab/project.mjs";

const origin = "http://wizard.localhost";

export interface WizardPageOptions {
  readonly facts: Facts;
  readonly state?: EngineState;
  readonly composeFile?: string;
  /** Colours as VS Code gives them: `--vscode-...: ...;`. */
  readonly themeCss?: string;
  readonly themeClass?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly create?: (spec: NetworkSpec) => Promise<string | undefined>;
  /** State that an earlier page kept. */
  readonly kept?: unknown;
}

export const connected: EngineState = {
  kind: "connected",
  detail: "",
  endpoint: "unix:///var/run/docker.sock",
  local: true,
  source: "default",
  platform: "linux",
  host: { id: "", way: "local" },
  info: {
    version: "28.5.2",
    apiVersion: "1.51",
    os: "linux",
    operatingSystem: "Debian GNU/Linux 12 (bookworm)",
    kernel: "6.1.0",
    hostName: "nas",
    rootless: false,
    desktop: false,
  },
};

export class WizardPage {
  readonly page: Page;
  /** What the browser complained of: a blocked resource, an exception. */
  readonly complaints: string[] = [];
  readonly created: NetworkSpec[] = [];
  readonly copied: string[] = [];
  kept: unknown;
  private facts: Facts;
  private session: WizardSession | undefined;

  private constructor(page: Page, facts: Facts) {
    this.page = page;
    this.facts = facts;
  }

  static async open(browser: Browser, options: WizardPageOptions): Promise<WizardPage> {
    const size = options.size ?? { width: 1180, height: 1000 };
    const page = await browser.newPage({ viewport: size });
    const wizard = new WizardPage(page, options.facts);
    await wizard.load(options);
    return wizard;
  }

  /** The engine or the host has news. */
  changeFacts(facts: Facts): void {
    this.facts = facts;
    this.session?.worldChanged();
  }

  private async load(options: WizardPageOptions): Promise<void> {
    const { page } = this;
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => {
      this.complaints.push(String(error));
    });
    this.session = this.createSession(options);
    await page.exposeFunction("toExtension", (raw: unknown) => {
      const reading = readFromPage(raw);
      if (reading.ok) this.session?.handle(reading.message);
      else this.complaints.push(`to the extension: ${reading.reason}`);
    });
    await page.exposeFunction("keep", (state: unknown) => {
      this.kept = state;
    });
    // As text: a function would call into the test's own build.
    await page.addInitScript({
      content: `globalThis.acquireVsCodeApi = () => ({
        postMessage: (message) => void toExtension(message),
        getState: () => (${JSON.stringify(options.kept ?? null)} ?? undefined),
        setState: (state) => void keep(state),
      });`,
    });
    const files = await buildPage();
    const html = pageHtml({
      cspSource: origin,
      script: `${origin}/wizard.js`,
      style: `${origin}/wizard.css`,
      nonce: "bm9uY2U=",
    });
    const themed = html.replace("<body>", `<body class="${options.themeClass ?? "vscode-dark"}">`);
    await page.route(`${origin}/**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      const file = files.get(path);
      return file === undefined
        ? route.fulfill({ contentType: "text/html", body: themed })
        : route.fulfill({
            contentType: path.endsWith(".css") ? "text/css" : "text/javascript",
            body: path.endsWith(".css") ? `${options.themeCss ?? ""}\n${file}` : file,
          });
    });
    await page.goto(`${origin}/`);
    await page.locator("footer").waitFor();
  }

  private createSession(options: WizardPageOptions): WizardSession {
    return new WizardSession(
      {
        post: (message) => {
          const data = JSON.stringify(message);
          void this.page.evaluate(`dispatchEvent(new MessageEvent("message", { data: ${data} }))`);
        },
        state: () => options.state ?? connected,
        facts: () => this.facts,
        options: () => ({}),
        composeFile: () => options.composeFile ?? "",
        create: (spec) => {
          this.created.push(spec);
          return options.create?.(spec) ?? Promise.resolve(`Network ${spec.name} created.`);
        },
        insert: () => Promise.resolve("Inserted."),
        copy: (text, what) => {
          this.copied.push(text);
          return Promise.resolve(`${what} copied.`);
        },
        fail: (_what, error) => (error instanceof Error ? error.message : String(error)),
        openLanSetting: () => undefined,
      },
      {},
    );
  }
}

let built: Promise<Map<string, string>> | undefined;

/** Script and styles as esbuild.mjs makes them. */
function buildPage(): Promise<Map<string, string>> {
  built ??= (async () => {
    const { outputFiles } = await build({
      entryPoints: { wizard: join(project, "media/wizard/main.ts") },
      tsconfig: join(project, "media/wizard/tsconfig.json"),
      outdir: "/",
      bundle: true,
      write: false,
      platform: "browser",
      target: "es2022",
      format: "iife",
    });
    return new Map(outputFiles.map(({ path, text }) => [path, text]));
  })();
  return built;
}
