import { basename, dirname } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { QuickInputDriver } from "./driverQuickInput";

export type Severity = "error" | "warning" | "info" | "hint";

/** The active text editor and what is shown about its text. */
export class EditorDriver {
  private readonly page: Page;
  private readonly quickInput: QuickInputDriver;
  private readonly active: Locator;

  constructor(page: Page, quickInput: QuickInputDriver) {
    this.page = page;
    this.quickInput = quickInput;
    this.active = page.locator(".editor-group-container.active .monaco-editor[role=code]").first();
  }

  /** Opens a file of the workspace by its path in it. */
  async open(path: string): Promise<void> {
    await this.quickInput.openWith(path);
    const name = basename(path);
    // Names repeat (compose.yaml), so the folder, which stands behind the name, must fit too.
    const row = this.quickInput.rows().filter({ hasText: name });
    await (name === path ? row : row.filter({ hasText: dirname(path) })).first().click();
    await this.tab(name).waitFor();
    await this.active.locator(".view-line").first().waitFor();
  }

  tab(name: string): Locator {
    return this.page.locator(".tabs-container").getByRole("tab", { name, selected: true });
  }

  /** Puts the cursor there; both count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.quickInput.openWith(`:${line}:${column}`);
    await this.quickInput.accept();
    await this.quickInput.waitUntilClosed();
  }

  /** What stands above a line of the text, such as what the engine has of a network. */
  lens(text: string | RegExp): Locator {
    return this.page.locator(".editor-instance .codelens-decoration").filter({ hasText: text });
  }

  /** The marks under the text that is on the screen. */
  squiggles(severity: Severity): Locator {
    return this.active.locator(`.squiggly-${severity}`);
  }

  /** The lines on the screen, from the top, as they read. */
  async visibleText(): Promise<string> {
    const lines = await this.active
      .locator(".view-line")
      .evaluateAll((nodes: readonly PageLine[]) =>
        nodes.map(({ style, textContent }) => ({ top: parseInt(style.top), textContent })),
      );
    // They are not in the order of the screen, and blanks are not breaking.
    lines.sort((a, b) => a.top - b.top);
    return lines.map(({ textContent }) => textContent.replaceAll("\u00a0", " ")).join("\n");
  }

  /** Opens the light bulb's menu at the cursor and gives its entries. */
  async quickFixes(): Promise<Locator> {
    await this.page.keyboard.press("Control+.");
    const menu = this.page.locator(".action-widget").first();
    await menu.waitFor();
    return menu.locator(".monaco-list-row.action");
  }

  /** Opens the light bulb's menu at the cursor and takes the entry with this text. */
  async applyQuickFix(title: string | RegExp): Promise<void> {
    const fixes = await this.quickFixes();
    await fixes.filter({ hasText: title }).first().click();
    await this.page.locator(".action-widget").first().waitFor({ state: "hidden" });
  }

  /** Shows the hover at the cursor. */
  async hover(): Promise<Locator> {
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.press("Control+i");
    const hover = this.page.locator(".monaco-hover:not(.hidden) .hover-contents").first();
    await hover.waitFor();
    return hover;
  }

  async save(): Promise<void> {
    await this.page.keyboard.press("Control+s");
    await this.page.locator(".tabs-container .tab.active.dirty").waitFor({ state: "detached" });
  }

  /** Opens the Problems panel and gives its rows: files, and below each its problems. */
  async problems(): Promise<Locator> {
    await this.quickInput.openWith(">Problems: Focus on Problems View");
    await this.quickInput.choose("Problems: Focus on Problems View");
    const panel = this.page.locator(".markers-panel");
    await panel.waitFor();
    return panel.locator(".monaco-list-row");
  }
}

/** What is used of the browser's HTMLElement; the project's types know no browser. */
interface PageLine {
  readonly style: { readonly top: string };
  readonly textContent: string;
}
