/** The type of a plain scalar as go-yaml v3 has it: YAML 1.2 with remains of 1.1. */

export type YamlType = "null" | "boolean" | "integer" | "float" | "time" | "string";

const integer = /^[-+]?(?:0[bB][01_]+|0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|[1-9][0-9_]*|0)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const time =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?$/;

export function yamlType(text: string): YamlType {
  const first = text.charCodeAt(0);
  // Most texts begin with a letter that begins nothing else.
  const letter = first > 64 && !/[nNtTfF~]/.test(text[0] ?? "");
  if (letter) return "string";
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return "null";
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return "boolean";
  if (integer.test(text)) return inRange(text) ? "integer" : "float";
  if (float.test(text) || special.test(text)) return "float";
  return time.test(text) ? "time" : "string";
}

/** Larger whole numbers than 64 bits hold become floating-point ones. */
function inRange(text: string): boolean {
  return text.length < 19 || Math.abs(Number(text.replace(/_/g, ""))) < 2 ** 64;
}
