import type { Locator, Page } from "playwright-core";

/** The tree in the side bar. */
export class TreeDriver {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** All rows on the screen, from the top. */
  rows(): Locator {
    return this.page.locator(".sidebar .pane-body .monaco-list-row[role=treeitem]");
  }

  /** The first row that reads so: label and description are one text. */
  row(text: string | RegExp): Locator {
    return this.rows().filter({ hasText: text }).first();
  }

  /** Opens the first row that reads so, if it is closed. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute("aria-expanded")) !== "false") return;
    await row.locator(".monaco-tl-twistie").click();
    await this.page
      .locator(".sidebar [role=treeitem][aria-expanded=true]")
      .filter({ hasText: text })
      .first()
      .waitFor();
  }

  /** Takes an entry of a row's context menu. VS Code ignores a click that comes too soon after it opened the menu. */
  async menu(text: string | RegExp, entry: string): Promise<void> {
    const entries = await this.openMenu(text);
    const wanted = entries.getByText(entry, { exact: true });
    await wanted.click();
    try {
      await wanted.waitFor({ state: "hidden", timeout: 2_000 });
    } catch {
      await wanted.click();
    }
  }

  /** Opens a row's context menu and gives its entries. */
  async openMenu(text: string | RegExp): Promise<Locator> {
    await this.row(text).click({ button: "right" });
    const entries = this.page.locator(".monaco-menu").getByRole("menuitem");
    await entries.first().waitFor();
    return entries;
  }

  /** Clicks a button that a row shows when the mouse is over it. */
  async inlineAction(text: string | RegExp, name: string): Promise<void> {
    const row = this.row(text);
    await row.hover();
    await row.getByRole("button", { name }).click();
  }

  /** Clicks a button in the title of the view. */
  async titleAction(name: string): Promise<void> {
    await this.page.locator(".sidebar .pane-header, .sidebar .composite.title").first().hover();
    await this.page.locator(".sidebar").getByRole("button", { name }).first().click();
  }

  /** What the view shows when it has no rows. */
  welcome(): Locator {
    return this.page.locator(".sidebar .welcome-view-content");
  }
}
