/** The whole page: form on the left, picture and previews on the right, buttons below. */
import { type TemplateResult, html, nothing } from "lit";
import { commandTokens, yamlTokens } from "./tokens";
import type { FormView } from "./formView";
import { subnetMap } from "./map";
import type { WizardModel } from "./model";
import { okIcon, severityIcon } from "./symbols";

export function page(model: WizardModel, formView: FormView): TemplateResult {
  const { evaluation, facts } = model;
  return html`
    <header>
      <h1>Plan a network on the LAN</h1>
      <p class="engine">${facts.engine}</p>
    </header>
    ${
      evaluation?.blocked === undefined
        ? nothing
        : html`<div class="banner" role="alert">
            ${severityIcon("error")}<span>${evaluation.blocked}</span>
          </div>`
    }
    <main>
      <form
        class="fields"
        @submit=${(event: Event) => {
          event.preventDefault();
        }}
      >
        ${formView.render()}
      </form>
      <div class="result">
        ${
          evaluation?.pools.length
            ? evaluation.pools.map(subnetMap)
            : html`<section class="map empty">
                <h2>The subnet</h2>
                <p>Enter a subnet to see which of its addresses are used by what.</p>
              </section>`
        }
        ${model
          .notesOf(undefined)
          .map(
            ({ text }) =>
              html`<p class="note whole">${severityIcon("information")}<span>${text}</span></p>`,
          )}
        ${preview(model, "copyCommand", "Command", evaluation?.command ?? "")}
        ${preview(model, "copyYaml", "Compose", evaluation?.composeYaml ?? "")}
      </div>
    </main>
    ${footer(model)}
  `;
}

function preview(
  model: WizardModel,
  action: "copyCommand" | "copyYaml",
  title: string,
  text: string,
): TemplateResult {
  return html`<section class="preview" aria-label="${title}">
    <div class="preview-title">
      <h2>${title}</h2>
      <vscode-button
        secondary
        id=${action}
        aria-label="Copy ${title.toLowerCase()}"
        @click=${() => {
          model.act(action);
        }}
        >Copy</vscode-button
      >
    </div>
    <pre tabindex="0">${action === "copyYaml" ? yamlTokens(text) : commandTokens(text)}</pre>
  </section>`;
}

function footer(model: WizardModel): TemplateResult {
  const { facts, evaluation, busy } = model;
  const canCreate = facts.connected && evaluation?.blocked === undefined;
  const reason = facts.connected ? "" : "There is no engine to create it on. ";
  return html`<footer>
    <div class="buttons">
      <vscode-button
        id="create"
        ?disabled=${!canCreate || busy !== undefined}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        title="${reason}Ctrl+Enter or Cmd+Enter"
        @click=${() => {
          create(model);
        }}
        >${busy === "create" ? "Creating …" : "Create on the engine"}</vscode-button
      >
      <vscode-button
        id="insert"
        secondary
        ?disabled=${busy !== undefined}
        title=${facts.composeFile ? `Into ${facts.composeFile}` : "Choose a compose file"}
        @click=${() => {
          act(model, "insert");
        }}
        >Insert into ${facts.composeFile || "a compose file"}</vscode-button
      >
    </div>
    <div class="status" role="status">${statusOf(model)}</div>
  </footer>`;
}

function statusOf(model: WizardModel): TemplateResult | typeof nothing {
  if (model.outcome) {
    const { ok, message } = model.outcome;
    return html`${ok ? okIcon() : severityIcon("error")}<span>${message}</span>`;
  }
  if (!model.evaluation) return nothing;
  const problems = model.shownProblems();
  const empty = model.evaluation.problems.length - problems.length;
  const count = (severity: string) => problems.filter((p) => p.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (errors === 0 && empty > 0) {
    return html`${severityIcon("information")}<span>${plural(empty, "field")} to fill in</span>
      ${goToFirst(model)}`;
  }
  if (errors === 0 && warnings === 0) return html`${okIcon()}<span>Docker will accept this.</span>`;
  const parts = [plural(errors, "error"), plural(warnings, "warning")].filter(
    (text) => text !== "",
  );
  return html`${severityIcon(errors > 0 ? "error" : "warning")}<span>${parts.join(", ")}</span>
    ${goToFirst(model)}`;
}

function goToFirst(model: WizardModel): TemplateResult {
  return html`<button
    type="button"
    class="link"
    @click=${() => {
      focusFirstProblem(model);
    }}
  >
    Go to the first
  </button>`;
}

/** Creates, or leads to what stands in the way. */
export function create(model: WizardModel): void {
  if (!model.facts.connected || model.evaluation?.blocked !== undefined) return;
  act(model, "create");
}

function act(model: WizardModel, action: "create" | "insert"): void {
  if (model.evaluation?.problems.some(({ severity }) => severity === "error")) {
    model.touchAll();
    focusFirstProblem(model);
  } else {
    model.act(action);
  }
}

/** In the order of the page, errors before all else. */
function focusFirstProblem(model: WizardModel): void {
  const problems = model.evaluation?.problems ?? [];
  const worst = problems[0]?.severity;
  const fields = problems.filter(({ severity }) => severity === worst).map(({ field }) => field);
  const elements = fields.flatMap((field) => document.getElementById(field) ?? []);
  elements.sort((a, b) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  elements[0]?.focus();
  elements[0]?.scrollIntoView({ block: "center" });
}

function plural(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
