/**
 * Keys as Compose's schema library lists them: `'a', 'it\'s'` (santhosh-tekuri/jsonschema v6, kind.joinQuoted and quote).
 * It takes them in the order of a Go map, which is another one each time.
 */
export function quotedKeys(keys: readonly string[]): string {
  return keys.map(quoted).join(", ");
}

const escapes: Readonly<Record<string, string>> = {
  ...{ "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" },
};

function quoted(key: string): string {
  return `'${key.replace(/[\\'\n\r\t]/g, (char) => escapes[char] ?? char)}'`;
}
