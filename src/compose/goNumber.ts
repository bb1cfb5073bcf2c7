/** Numbers of YAML as Go prints them, which is what Compose makes texts of. */
import { yamlType } from "./yamlType";

/** Undefined for what is no number to go-yaml. */
export function goNumber(text: string): string | undefined {
  const type = yamlType(text);
  if (type === "integer") return integer(text);
  if (type !== "float") return undefined;
  const number = Number(text.replace(/_/g, ""));
  return Number.isFinite(number) ? float(number) : undefined;
}

function integer(text: string): string {
  const digits = text.replace(/_/g, "");
  const sign = digits.startsWith("-") ? "-" : "";
  const plain = digits.replace(/^[-+]/, "").toLowerCase();
  const value = BigInt(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain);
  return value === 0n ? "0" : `${sign}${value}`;
}

/** The shortest form, with an exponent below 1e-04 and from 1e+06. */
function float(number: number): string {
  const [, mantissa = "", sign = "+", digits = "0"] =
    /^(.*)e([-+])(\d+)$/.exec(number.toExponential()) ?? [];
  const exponent = Number(`${sign}${digits}`);
  if (exponent >= -4 && exponent < 6) return String(number);
  return `${mantissa}e${sign}${digits.padStart(2, "0")}`;
}
