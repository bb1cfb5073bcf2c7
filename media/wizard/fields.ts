/** Inputs with label, one line of explanation, and what is wrong with them, tied together for screen readers. */
import type { VscodeSingleSelect } from "@vscode-elements/elements/dist/vscode-single-select/index.js";
import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { type TemplateResult, html, nothing } from "lit";
import { ref } from "lit/directives/ref.js";
import type { FieldId } from "../../src/wizard/form";
import type { Problem } from "../../src/wizard/formChecks";
import type { WizardModel } from "./model";
import { severityIcon, severityNames } from "./symbols";

export interface FieldOptions {
  readonly field: FieldId;
  readonly label: string;
  readonly help: string | TemplateResult;
  /** An example of what to type. */
  readonly placeholder?: string;
  readonly optional?: boolean;
  readonly short?: boolean;
}

/** A labelled row: the control, its help, notes and problems. */
export function row(
  model: WizardModel,
  options: FieldOptions,
  control: (invalid: boolean) => TemplateResult,
): TemplateResult {
  const { field, label, help, optional, short } = options;
  const problems = model.problemsOf(field);
  const invalid = problems.some(({ severity }) => severity === "error");
  return html`<div class="row ${short ? "short" : ""}">
    <label for=${field} id="${field}-label"
      >${label}${optional ? html` <span class="optional">optional</span>` : nothing}</label
    >
    ${control(invalid)}
    <p class="help" id="${field}-help">${help}</p>
    ${model.notesOf(field).map(({ text }) => html`<p class="note">${severityIcon("information")}<span>${text}</span></p>`)}
    ${problemList(model, field, problems)}
  </div>`;
}

export function problemList(
  model: WizardModel,
  field: FieldId,
  problems: readonly Problem[],
): TemplateResult {
  return html`<div class="problems" id="${field}-problems">
    ${problems.map((problem) => problemLine(model, problem))}
  </div>`;
}

function problemLine(model: WizardModel, problem: Problem): TemplateResult {
  const { severity, message, fix } = problem;
  return html`<p class="problem ${severity}">
    ${severityIcon(severity)}
    <span
      ><span class="hidden">${severityNames[severity]}: </span>${message}
      ${
        fix
          ? html`<button
              type="button"
              class="link"
              @click=${() => {
                model.applyFix(fix);
              }}
            >
              ${fix.title}
            </button>`
          : nothing
      }</span
    >
  </p>`;
}

export function textField(
  model: WizardModel,
  options: FieldOptions,
  value: string,
  onInput: (text: string) => void,
): TemplateResult {
  return row(model, options, (invalid) => textInput(options, value, invalid, onInput));
}

/** The bare input; `row` or a table cell stands around it. */
export function textInput(
  options: Pick<FieldOptions, "field" | "label" | "placeholder">,
  value: string,
  invalid: boolean,
  onInput: (text: string) => void,
): TemplateResult {
  const { field, label, placeholder } = options;
  return html`<vscode-textfield
    id=${field}
    .label=${label}
    .value=${value}
    .placeholder=${placeholder ?? ""}
    ?invalid=${invalid}
    autocomplete="off"
    spellcheck="false"
    @input=${(event: Event) => {
      onInput((event.target as VscodeTextfield).value);
    }}
    ${ref((element) => {
      describe(element, field, invalid);
    })}
  ></vscode-textfield>`;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

export function selectField(
  model: WizardModel,
  options: FieldOptions,
  value: string,
  choices: readonly Choice[],
  onSelect: (value: string) => void,
): TemplateResult {
  const { field, label } = options;
  return row(
    model,
    options,
    (invalid) =>
      html`<vscode-single-select
        id=${field}
        .label=${label}
        .value=${value}
        ?invalid=${invalid}
        @change=${(event: Event) => {
          onSelect((event.target as VscodeSingleSelect).value);
        }}
        ${ref((element) => {
          describe(element, field, invalid);
        })}
      >
        ${choices.map(
          (choice) =>
            html`<vscode-option
              value=${choice.value}
              description=${choice.description ?? ""}
              ?selected=${choice.value === value}
              >${choice.label}</vscode-option
            >`,
        )}
      </vscode-single-select>`,
  );
}

/** Chromium 135 and newer, Safari 16.4: VS Code 1.100 still has an older one. */
const refersToElements = "ariaDescribedByElements" in Element.prototype;

/**
 * Ties help and problems to the control inside the component's shadow tree. Ids do not reach in
 * there; element references do, and where the browser lacks them the text goes along as
 * aria-description.
 */
function describe(element: Element | undefined, field: FieldId, invalid: boolean): void {
  if (!element) return;
  const component = element as Element & { updateComplete?: Promise<unknown> };
  // After this rendering, when the texts are in the page.
  void Promise.resolve(component.updateComplete).then(() => {
    const inner = component.shadowRoot?.querySelector("input, [role=combobox]");
    if (!inner) return;
    const texts = [`${field}-problems`, `${field}-help`].flatMap((id) => {
      const found = document.getElementById(id);
      return found && found.textContent.trim() !== "" ? [found] : [];
    });
    inner.setAttribute("aria-invalid", String(invalid));
    if (refersToElements) {
      inner.ariaDescribedByElements = texts;
    } else {
      const words = texts.map((found) => found.textContent.replaceAll(/\s+/g, " ").trim());
      inner.setAttribute("aria-description", words.join(" "));
    }
  });
}
