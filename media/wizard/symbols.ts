/** Small pictures that carry meaning besides colour. Drawn here: an icon font would be one more file to load. */
import { type TemplateResult, html, svg } from "lit";
import type { AddressUse } from "../../src/model/addressPlan";
import type { Severity } from "../../src/rules/rule";

const shapes: Readonly<Record<Severity, TemplateResult>> = {
  error: svg`<circle cx="8" cy="8" r="6.5" /><path d="M5.5 5.5l5 5m0-5l-5 5" />`,
  warning: svg`<path d="M8 1.8L15 14.2H1z" /><path d="M8 6v4m0 1.6v.9" />`,
  information: svg`<circle cx="8" cy="8" r="6.5" /><path d="M8 7v4.5m0-7v.9" />`,
  hint: svg`<circle cx="8" cy="8" r="6.5" /><path d="M8 7v4.5m0-7v.9" />`,
};

export const severityNames: Readonly<Record<Severity, string>> = {
  error: "Error",
  warning: "Warning",
  information: "Note",
  hint: "Hint",
};

export function severityIcon(severity: Severity): TemplateResult {
  return html`<svg class="icon ${severity}" viewBox="0 0 16 16" aria-hidden="true">
    ${shapes[severity]}
  </svg>`;
}

export function okIcon(): TemplateResult {
  return html`<svg class="icon ok" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6.5" />
    <path d="M5 8.2l2.2 2.2L11.2 6" />
  </svg>`;
}

/** Letters of the uses that are mostly single addresses; the others have a pattern. */
export const useLetters: Readonly<Partial<Record<AddressUse, string>>> = {
  gateway: "G",
  host: "H",
  reserved: "X",
  claimed: "C",
  neighbour: "D",
};
