/** Hardware addresses as Go's `net.ParseMAC` reads them. */

/** Bytes of a MAC. 6 (EUI-48), 8 (EUI-64) or 20 (InfiniBand) of them. */
export type Mac = readonly number[];

/**
 * Reads `xx:xx:..`, `xx-xx-..` or `xxxx.xxxx.xxxx` in any case (Go net.ParseMAC, which Docker uses
 * in all versions); undefined when the text is none.
 */
export function parseMac(text: string): Mac | undefined {
  const pairs = /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2})*$/i.test(text);
  const quads = /^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i.test(text);
  if (!pairs && !quads) return undefined;
  const bytes = text.match(/[0-9a-f]{2}/gi)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  return [6, 8, 20].includes(bytes.length) ? bytes : undefined;
}

/** Lower case, colons: the form the engine prints. */
export function formatMac(mac: Mac): string {
  return mac.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

/** The bytes that an interface takes of a longer one. */
export function interfaceMac(mac: Mac): Mac {
  return mac.length > 6 ? mac.slice(0, 6) : mac;
}

/** False for group addresses (lowest bit of the first byte) and for all zeros: the kernel refuses both. */
export function isUnicastMac(mac: Mac): boolean {
  return ((mac[0] ?? 0) & 1) === 0 && mac.some((byte) => byte !== 0);
}

/** A locally administered unicast MAC that is not `taken`, derived from `seed` so that it is the same each time. */
export function nextFreeMac(seed: number, taken: ReadonlySet<string>): string {
  for (let step = 0; ; step++) {
    const number = (Math.imul(seed + step, 2654435761) >>> 0) ^ step;
    const mac = formatMac([0x02, 0x42, ...[24, 16, 8, 0].map((shift) => (number >>> shift) & 255)]);
    if (!taken.has(mac)) return mac;
  }
}
