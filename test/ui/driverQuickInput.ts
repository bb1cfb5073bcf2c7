import type { Locator, Page } from "playwright-core";

/** The input at the top of the workbench: palette, quick picks, input boxes. */
export class QuickInputDriver {
  private readonly page: Page;
  private readonly widget: Locator;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator(".quick-input-widget");
  }

  /** The title above the input, where a series of inputs counts its steps. */
  title(): Locator {
    return this.widget.locator(".quick-input-title");
  }

  /** The prompt or validation message below an input box. */
  message(): Locator {
    return this.widget.locator(".quick-input-message");
  }

  /** The input's present value. */
  async value(): Promise<string> {
    return this.widget.locator("input.input").inputValue();
  }

  /** Replaces the text in the input. */
  async fill(text: string): Promise<void> {
    const input = this.widget.locator("input.input");
    await input.waitFor();
    await input.fill(text);
  }

  /**
   * Opens the palette with this text in it. A webview that has just been drawn takes the focus, and with
   * it closes the palette: then it is opened again.
   */
  async openWith(text: string): Promise<void> {
    const input = this.widget.locator("input.input");
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press("F1");
      try {
        await input.fill(text, { timeout: 4_000 });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  async accept(): Promise<void> {
    await this.page.keyboard.press("Enter");
  }

  /** Types a value into an input box and accepts it. */
  async enter(text: string): Promise<void> {
    await this.fill(text);
    await this.accept();
  }

  /** The entries of a pick, as the first line of each reads. */
  rows(): Locator {
    return this.widget.locator(".quick-input-list .monaco-list-row");
  }

  /** Takes the entry of a pick whose label is, or else begins with, this text. */
  async choose(label: string): Promise<void> {
    const labels = this.rows().locator(
      ".quick-input-list-row:first-child .monaco-highlighted-label",
    );
    const exact = labels.getByText(label, { exact: true });
    const begins = labels.filter({ hasText: label });
    await begins.first().waitFor();
    await ((await exact.count()) > 0 ? exact : begins).first().click();
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.waitUntilClosed();
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: "hidden" });
  }
}
