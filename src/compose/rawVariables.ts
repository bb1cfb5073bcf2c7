/** Files of variables in the format "raw", as docker's `--env-file` reads them (docker/cli: pkg/kvfile/kvfile.go). */
import type { DotenvError } from "./dotenv";

/** Why such a file is refused: a line without a name, or with blanks in it. */
export function rawVariablesError(text: string): DotenvError | undefined {
  let from = 0;
  for (const line of text.split("\n")) {
    const to = from + line.length;
    const written = line
      .replace(/\r$/, "")
      .replace(/^\uFEFF/, "")
      .trimStart();
    const words = written === "" || written.startsWith("#") ? undefined : faultOf(written);
    if (words !== undefined) return { words, from, to };
    from = to + 1;
  }
  return undefined;
}

function faultOf(line: string): string | undefined {
  const [name = ""] = line.split("=", 1);
  if (name === "") return `no variable name on line '${line}'`;
  return /[ \t]/.test(name) ? `variable '${name}' contains whitespaces` : undefined;
}
