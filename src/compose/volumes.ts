/** Volumes of services in their short form, `[source:]target[:options]` (compose-go format/volume.go). */

/** The name of the volume that it mounts; undefined for a folder, a volume without a name, or no volume at all. */
export function volumeName(text: string): string | undefined {
  const [source = "", target] = text.length < 3 ? [] : sections(text);
  if (target === undefined || source === "") return undefined;
  return /^(?:[./~]|\\\\|[A-Za-z]:)/.test(source) ? undefined : source;
}

/** What stands between colons; one behind a single letter is that of a drive. */
function sections(text: string): string[] {
  const found: string[] = [];
  for (const part of text.split(":")) {
    const before = found.at(-1);
    if (before !== undefined && /^[A-Za-z]$/.test(before)) {
      found[found.length - 1] = `${before}:${part}`;
    } else {
      found.push(part);
    }
  }
  return found;
}
