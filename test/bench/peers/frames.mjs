// @ts-check
/** Messages of the language server protocol over a pair of streams: a header with the length, then JSON. */

/** @typedef {{ id?: number | string, method?: string, params?: any, result?: unknown, error?: { message: string } }} Message */

/**
 * @param {import("node:stream").Writable} stream
 * @param {Message} message
 */
export function send(stream, message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  stream.write(`Content-Length: ${body.length}\r\n\r\n`);
  stream.write(body);
}

/**
 * @param {import("node:stream").Readable} stream
 * @param {(message: Message) => void} take
 */
export function receive(stream, take) {
  /** Joined only when a message is whole: one of megabytes comes in many pieces. @type {Buffer[]} */
  let pieces = [];
  let held = 0;
  /** Bytes of the message that comes, once its header is there. */
  let wanted = 1;
  stream.on("data", (/** @type {Buffer} */ piece) => {
    pieces.push(piece);
    held += piece.length;
    while (held >= wanted) {
      const all = Buffer.concat(pieces);
      pieces = [all];
      const body = all.indexOf("\r\n\r\n") + 4;
      if (body < 4) return;
      wanted = body + Number(/Content-Length: (\d+)/i.exec(all.toString("latin1", 0, body))?.[1]);
      if (held < wanted) return;
      const message = JSON.parse(all.toString("utf8", body, wanted));
      pieces = [all.subarray(wanted)];
      held -= wanted;
      wanted = 1;
      take(message);
    }
  });
}
