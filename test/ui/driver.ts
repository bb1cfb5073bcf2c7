import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { launchChromium } from "../lab/chromium.mjs";
import { atExit } from "../lab/cleanup.mjs";
import { installExtension } from "../lab/installedExtension.mjs";
import type { Lab } from "../lab/lab.mjs";
import { project } from "../lab/project.mjs";
import type { VscodeVersion } from "../lab/vscodeInstall.mjs";
import { startVscodeServer, workbenchUrl, type VscodeServer } from "../lab/vscodeServer.mjs";
import { EditorDriver } from "./driverEditor";
import { QuickInputDriver } from "./driverQuickInput";
import { TreeDriver } from "./driverTree";

const workspaceSettings = ".vscode/settings.json";

/** Of a theme: what its setting ends with, its label in the pick, and the class that the workbench then has. */
const themes = {
  dark: { name: "Dark Modern", label: "Dark Modern", className: "vs-dark" },
  light: { name: "Light Modern", label: "Light Modern", className: "vs" },
  highContrast: { name: "High Contrast", label: "Dark High Contrast", className: "hc-black" },
  highContrastLight: {
    name: "High Contrast Light",
    label: "Light High Contrast",
    className: "hc-light",
  },
} as const;
export type Theme = keyof typeof themes;

export interface WorkbenchOptions {
  /** Copied, so that a test may change it. The demo workspace unless told. */
  readonly workspace?: string;
  /** The VS Code server and the browser run on this lab's Docker host, with its engine in the settings. */
  readonly lab?: Lab;
  readonly version?: VscodeVersion;
  /** The workspace is one that the user has not said to trust. */
  readonly untrusted?: boolean;
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A VS Code workbench with the extension in it, in a browser, as a user has it before them. */
export class Workbench {
  readonly quickInput: QuickInputDriver;
  readonly editor: EditorDriver;
  readonly tree: TreeDriver;

  readonly page: Page;
  /** The copy of the workspace folder that is open. */
  readonly folder: string;
  private readonly browser: Browser;
  private readonly server: VscodeServer;
  private readonly removeTemporary: () => void;

  private constructor(parts: {
    page: Page;
    folder: string;
    browser: Browser;
    server: VscodeServer;
    removeTemporary: () => void;
  }) {
    const { page } = parts;
    this.page = page;
    this.folder = parts.folder;
    this.browser = parts.browser;
    this.server = parts.server;
    this.removeTemporary = parts.removeTemporary;
    this.quickInput = new QuickInputDriver(page);
    this.editor = new EditorDriver(page, this.quickInput);
    this.tree = new TreeDriver(page);
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { lab, version, theme = "dark" } = options;
    const temporary = mkdtempSync(join(tmpdir(), "macvlan-ui-"));
    // Also when opening fails half-way; server and browser see to themselves.
    const removeTemporary = () => {
      rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    };
    atExit(removeTemporary);
    const folder = join(temporary, "demo");
    cpSync(options.workspace ?? join(project, "test/demo"), folder, { recursive: true });
    mkdirSync(join(folder, ".vscode"), { recursive: true });
    writeFileSync(join(folder, workspaceSettings), "{}");
    const settings = {
      "files.exclude": { ".vscode": true },
      ...themeSetting(theme, version),
      ...(lab && { "macvlan.dockerHost": lab.dockerHost }),
      ...options.settings,
    };
    const server = await startVscodeServer({
      settings,
      dataFolder: join(temporary, "data"),
      extensionsFolder: installExtension(join(temporary, "extensions")),
      ...(version && { version }),
      ...(options.env && { env: options.env }),
      ...(options.untrusted && {
        untrusted: true,
        settings: { ...settings, "security.workspace.trust.startupPrompt": "never" },
      }),
      ...(lab && { lab }),
    });
    const browser = await launchChromium({ lab });
    const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } });
    // Shorter than the patience of a test, so that it fails with the name of what was not there.
    page.setDefaultTimeout(20_000);
    await page.goto(workbenchUrl(server.origin, { folder }), { timeout: 60_000 });
    const workbench = new Workbench({ page, folder, browser, server, removeTemporary });
    await page.locator(".monaco-workbench .explorer-folders-view").waitFor({ timeout: 60_000 });
    await workbench.waitForExtensions();
    await workbench.waitForTheme(theme);
    return workbench;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    this.removeTemporary();
  }

  /** Until no extension is starting any more. */
  async waitForExtensions(): Promise<void> {
    const activating = this.page.locator(".statusbar").getByText("Activating Extensions...");
    // The note appears with a delay, so its absence says something only after the extension host has answered.
    await this.page
      .locator('[id="status.languageStatus"], [id="status.problems"]')
      .first()
      .waitFor();
    await activating.waitFor({ state: "detached", timeout: 60_000 });
  }

  /** Runs a command by its name in the palette, such as "Macvlan: Refresh". */
  async command(name: string): Promise<void> {
    await this.quickInput.openWith(`>${name}`);
    await this.quickInput.choose(name);
  }

  /**
   * Changes settings of the workspace; the workbench follows within half a second. (Of changes to its user settings
   * file it misses some.)
   */
  changeSettings(changes: Readonly<Record<string, unknown>>): void {
    const path = join(this.folder, workspaceSettings);
    const before = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...before, ...changes }, null, 2));
  }

  async useTheme(theme: Theme): Promise<void> {
    await this.command("Preferences: Color Theme");
    await this.quickInput.fill(themes[theme].label);
    await this.quickInput.choose(themes[theme].label);
    await this.waitForTheme(theme);
  }

  /** The class of the kind comes first; the second one says that the colours are there. */
  private async waitForTheme(theme: Theme): Promise<void> {
    const { className } = themes[theme];
    const workbench = this.page.locator(`.monaco-workbench.${className}[class*="vscode-theme-"]`);
    await workbench.waitFor({ timeout: 60_000 });
  }

  /** Clicks an entry of the activity bar, unless its side bar is open already. */
  async openView(name: string): Promise<void> {
    const tab = this.page.locator(".activitybar").getByRole("tab", { name });
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
    await this.page
      .locator(".sidebar .composite.title")
      .getByText(name, { exact: false })
      .waitFor();
  }

  /** A button of a modal dialog. */
  dialogButton(name: string): Locator {
    return this.page.locator(".monaco-dialog-box").getByRole("button", { name });
  }

  /** The notifications on the screen. */
  notifications(): Locator {
    return this.page.locator(".notification-toast");
  }

  /**
   * The document of a webview: the workbench wraps it into two frames, of which the inner one is the extension's.
   * Only one webview may be visible.
   */
  webview(): ReturnType<Page["frameLocator"]> {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** Drags the side bar's edge to the right, so that what the tree tells of a network can be read. */
  async widenSideBar(pixels: number): Promise<void> {
    const box = await this.page.locator(".part.sidebar").boundingBox();
    if (!box) throw new Error("no side bar is open");
    const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(edge, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(edge + pixels, middle, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Takes a picture, of the whole workbench or of a part of it, into out/screenshots. */
  async screenshot(name: string, part?: string): Promise<string> {
    const folder = join(project, "out/screenshots");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    const target = part === undefined ? this.page : this.page.locator(part).first();
    await target.screenshot({ path, animations: "disabled" });
    return path;
  }
}

/** The newest VS Code dropped the word Default from the names of the modern themes. */
function themeSetting(theme: Theme, version: VscodeVersion = "1.139"): Record<string, string> {
  const { name } = themes[theme];
  const withDefault = version === "1.100" || name.startsWith("High Contrast");
  return { "workbench.colorTheme": withDefault ? `Default ${name}` : name };
}
