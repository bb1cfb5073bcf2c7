/** The type of a plain scalar as go-yaml v3 has it: YAML 1.2 with remains of 1.1. */

export type YamlType = "null" | "boolean" | "integer" | "float" | "time" | "string";

const integer = /^[-+]?(?:0[bB][01_]+|0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|[1-9][0-9_]*|0)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const truth = /^(?:true|True|TRUE|false|False|FALSE)$/;
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const time =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?$/;

export function yamlType(text: string): YamlType {
  if (text === "") return "null";
  // The first character leaves few of the types.
  switch (text.charCodeAt(0)) {
    case 78:
    case 110:
      return text === "null" || text === "Null" || text === "NULL" ? "null" : "string";
    case 126:
      return text === "~" ? "null" : "string";
    case 70:
    case 84:
    case 102:
    case 116:
      return truth.test(text) ? "boolean" : "string";
    case 43:
    case 45:
    case 46:
    case 48:
    case 49:
    case 50:
    case 51:
    case 52:
    case 53:
    case 54:
    case 55:
    case 56:
    case 57:
      return numberType(text);
    default:
      return "string";
  }
}

/** Of a text that begins with a digit, a sign or a point. */
function numberType(text: string): YamlType {
  if (integer.test(text)) return inRange(text) ? "integer" : "float";
  if (float.test(text) || special.test(text)) return "float";
  return time.test(text) ? "time" : "string";
}

/** Larger whole numbers than 64 bits hold become floating-point ones. */
function inRange(text: string): boolean {
  return text.length < 19 || Math.abs(Number(text.replace(/_/g, ""))) < 2 ** 64;
}
