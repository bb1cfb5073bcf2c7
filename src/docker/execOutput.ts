/**
 * Text of an exec stream without a terminal: frames of an 8-byte header (stream number, three zeros,
 * length in big-endian) and data, standard output and error mixed as they came. Docker API, "Stream format".
 * What is no such frame is taken as plain text. Stops after `limit` bytes.
 */
export function execOutput(bytes: Buffer, limit: number): string {
  const parts: Buffer[] = [];
  let left = limit;
  for (let at = 0; at < bytes.length && left > 0;) {
    const framed = at + 8 <= bytes.length && (bytes[at] ?? 255) <= 2 && bytes[at + 1] === 0;
    const start = framed ? at + 8 : at;
    const end = framed ? Math.min(bytes.length, start + bytes.readUInt32BE(at + 4)) : bytes.length;
    parts.push(bytes.subarray(start, Math.min(end, start + left)));
    left -= end - start;
    at = end;
  }
  return Buffer.concat(parts).toString("utf8");
}
