/** The rows of excluded addresses. */
import { type TemplateResult, html } from "lit";
import type { FieldId } from "../../src/wizard/form";
import { problemList, textInput } from "./fields";
import type { WizardModel } from "./model";

export function excludedRows(model: WizardModel): TemplateResult {
  const { excluded } = model.form;
  return html`<div class="row" role="group" aria-labelledby="excluded-label">
    <span class="label" id="excluded-label"
      >Excluded addresses <span class="optional">optional</span></span
    >
    ${excluded.map((row, index) => {
      const number = index + 1;
      const input = (part: "name" | "address", label: string, placeholder: string) => {
        const field: FieldId = `excluded.${index}.${part}`;
        const invalid = model.problemsOf(field).some(({ severity }) => severity === "error");
        const options = { field, label: `${label} ${number}`, placeholder };
        return textInput(options, row[part], invalid, (text) => {
          model.setRow(index, { [part]: text });
        });
      };
      return html`<div class="excluded">
          ${input("name", "Name of excluded address", "printer")}
          ${input("address", "Excluded address", "192.168.1.5")}
          <button
            type="button"
            class="remove"
            aria-label="Remove excluded address ${number} ${row.name}"
            title="Remove"
            @click=${() => {
              model.removeRow(index);
              requestAnimationFrame(() => document.getElementById("add-excluded")?.focus());
            }}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8m0-8l-8 8" /></svg>
          </button>
        </div>
        ${(["name", "address"] as const).map((part) => {
          const field: FieldId = `excluded.${index}.${part}`;
          return problemList(model, field, model.problemsOf(field));
        })}`;
    })}
    <button
      type="button"
      id="add-excluded"
      class="link"
      @click=${() => {
        model.addRow();
        requestAnimationFrame(() =>
          document.getElementById(`excluded.${model.form.excluded.length - 1}.name`)?.focus(),
        );
      }}
    >
      Add an excluded address
    </button>
    <p class="help">
      Addresses of the range that something else has (host, printer, NAS): Docker never hands them
      out.
    </p>
    ${problemList(model, "excluded", model.problemsOf("excluded"))}
  </div>`;
}
