// @ts-check
/**
 * Our analysis as a language server: node ours.mjs BUNDLE. The product has none, it runs inside of the editor; this one lets
 * its times be compared with those of servers, messages and all.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { receive, send } from "./frames.mjs";

/** @type {typeof import("../core")} */
const { ComposeDocument, RuleRunner, rules } = createRequire(import.meta.url)(
  process.argv[2] ?? "",
);
const runner = new RuleRunner(rules);
/** The same object each time: other facts would have all rules run again. */
const facts = {};
/** @type {import("../../../src/compose/document").ComposeDocument} */
let document;
/** Offsets where lines begin. @type {number[]} */
let starts = [];

receive(process.stdin, ({ id, method, params }) => {
  if (method === "initialize") {
    send(process.stdout, { id: id ?? 0, result: { capabilities: { textDocumentSync: 2 } } });
  } else if (method === "textDocument/didOpen") {
    const { uri, text } = params.textDocument;
    document = new ComposeDocument(fileURLToPath(uri), text);
    publish(uri);
  } else if (method === "textDocument/didChange") {
    for (const { range, text } of params.contentChanges) {
      document.edit([{ from: offset(range.start), to: offset(range.end), newText: text }]);
    }
    publish(params.textDocument.uri);
  }
});

/** @param {string} uri */
function publish(uri) {
  const { text } = document;
  starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const diagnostics = runner
    .run(document.project(), facts)
    .map(({ rule, message, severity, place }) => ({
      range: { start: position(place.from), end: position(place.to) },
      severity: { error: 1, warning: 2, information: 3, hint: 4 }[severity],
      code: rule,
      message,
    }));
  send(process.stdout, { method: "textDocument/publishDiagnostics", params: { uri, diagnostics } });
}

/** @param {{ line: number, character: number }} position */
function offset({ line, character }) {
  return (starts[line] ?? 0) + character;
}

/** @param {number} offset */
function position(offset) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}
