/** The files of a case in one text: first `compose.yaml`, then each other below a line with its name. */

/** Begins the line that names a file. */
const head = "#--- file: ";

/** The texts by name. */
export function filesOf(text: string): Map<string, string> {
  const [first = "", ...others] = text.split(new RegExp(`^${head}`, "m"));
  const files = new Map([["compose.yaml", first]]);
  for (const other of others) {
    const end = other.indexOf("\n");
    files.set(other.slice(0, end), other.slice(end + 1));
  }
  return files;
}

/** The text that `filesOf` takes apart again. */
export function joined(files: ReadonlyMap<string, string>): string {
  return [...files]
    .map(([name, text]) => (name === "compose.yaml" ? text : `${head}${name}\n${text}`))
    .join("");
}
