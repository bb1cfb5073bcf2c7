/** Colours for the two previews: what is a name, and what is a value of it. */
import { type TemplateResult, html } from "lit";

/** Keys and values of the YAML that the wizard writes. */
export function yamlTokens(text: string): TemplateResult[] {
  return tokens(text, /^(?<lead>[ ]*(?:- )?)(?<key>[^\s:][^:\n]*:)(?<value>.*)$/gm);
}

/** Options of the command and what is behind their `=`. */
export function commandTokens(text: string): TemplateResult[] {
  return tokens(text, /(?<lead>^ +)(?<key>-[-a-z]+=?)(?<value>(?: (?!\\))?[^ \n]*)/gm);
}

function tokens(text: string, pattern: RegExp): TemplateResult[] {
  const parts: TemplateResult[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const { lead = "", key = "", value = "" } = match.groups ?? {};
    parts.push(
      html`${text.slice(end, match.index)}${lead}<span class="key">${key}</span
        ><span class="value">${value}</span>`,
    );
    end = match.index + match[0].length;
  }
  return [...parts, html`${text.slice(end)}`];
}
