/** Volumes of services in their short form, `[source:]target[:options]` (compose-go format/volume.go). */

/** The name of the volume that it mounts; undefined for a folder, a volume without a name, or no volume at all. */
export function volumeName(text: string): string | undefined {
  const [source = "", target] = text.length < 3 ? [] : sections(text);
  if (target === undefined || source === "") return undefined;
  return /^(?:[./~]|\\\\|[A-Za-z]:)/.test(source) ? undefined : source;
}

/** Why Compose refuses the text, in its words; undefined where it does not (compose-go ParseVolume). */
export function volumeFault(text: string): string | undefined {
  if (text === "") return "invalid empty volume spec";
  // What a variable would have made of it is not known here.
  if (text.length < 3 || text.includes("${")) return undefined;
  const parts = sections(text);
  const empty = parts.indexOf("");
  if (empty >= 0 && empty < 3) return `invalid spec: ${text}: empty section between colons`;
  return parts.length > 3 ? `invalid spec: ${text}: too many colons` : undefined;
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
