import assert from "node:assert/strict";
import { parse } from "yaml";
import { readBlockScalar } from "../../../src/compose/blockScalar";
import { plainText, quotedText } from "../../../src/compose/scalarText";
import { seededRandom } from "../support/random";

/** The `yaml` package reads the same source: an independent oracle. */
function oracle(source: string): unknown {
  return parse(`key: ${source}\n`, { schema: "failsafe" });
}

function oracleKey(source: string): unknown {
  return (oracle(source) as Record<string, unknown>)["key"];
}

describe("scalarText", () => {
  it("decodes random quoted scalars as the yaml package does", () => {
    const random = seededRandom(7);
    const single = ["a", "b", "''", " ", "\n ", "\n\n ", '"', "\\", "é", "#", ":"];
    const double = [
      "a",
      "b",
      "'",
      " ",
      "\n ",
      "\n\n ",
      "\\n",
      '\\"',
      "\\\\",
      "\\x41",
      "\\u00e9",
      "\\\n  c",
      "\\t",
    ];
    for (let i = 0; i < 2000; i++) {
      const quote = random.int(2) === 0 ? "'" : '"';
      const pieces = quote === "'" ? single : double;
      let source = quote;
      for (let n = random.int(8); n > 0; n--) source += random.pick(pieces);
      source += quote;
      assert.equal(quotedText(source), oracleKey(source), JSON.stringify(source));
    }
  });

  it("folds plain scalars over lines", () => {
    for (const source of ["a b", "a\n  b", "a\n\n  b", "a  \n  b\n\n\n  c"]) {
      assert.equal(plainText(source), oracleKey(source), JSON.stringify(source));
    }
  });

  it("reads block scalars", () => {
    for (const source of [
      "|\n  a\n  b",
      ">\n  a\n  b",
      ">\n  a\n   more\n  b",
      "|-\n  a",
      ">-\n  a\n\n  b",
    ]) {
      const text = `key: ${source}\n`;
      const read = readBlockScalar(text, 5, 0);
      assert.ok(typeof read === "object");
      assert.equal(read.text, oracleKey(source), JSON.stringify(source));
    }
  });
});
