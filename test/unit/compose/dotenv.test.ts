import assert from "node:assert/strict";
import { parseDotenv } from "../../../src/compose/dotenv";
import { interpolate } from "../../../src/compose/interpolate";

const read = (text: string, outer?: ReadonlyMap<string, string>) =>
  Object.fromEntries(parseDotenv(text, outer).own);

describe("parseDotenv", () => {
  it("reads every form of assignment", () => {
    const text = `\uFEFF# comment
NET=10.0.0
export PARENT=eth0 # the LAN
COLON: value
SINGLE='$NET #x'
DOUBLE="$NET.5\\n\\"q\\" \\$NET \\061 \\0061"
JOINED=\${NET}.0/24
EMPTY=
HASH=a#b
COMMENT= # none
INHERITED
LAST=end`;
    assert.deepEqual(read(text, new Map([["INHERITED", "outside"]])), {
      NET: "10.0.0",
      PARENT: "eth0",
      COLON: "value",
      SINGLE: "$NET #x",
      DOUBLE: '10.0.0.5\n"q" $NET \\61 1',
      JOINED: "10.0.0.0/24",
      EMPTY: "",
      HASH: "a#b",
      COMMENT: "# none",
      INHERITED: "outside",
      LAST: "end",
    });
  });

  it("lets the outer environment win inside values", () => {
    const variables = read("NET=10.0.0\nIP=$NET.5\n", new Map([["NET", "192.168.1"]]));
    assert.equal(variables["IP"], "192.168.1.5");
  });

  it("stops at what Compose refuses, and says where", () => {
    const text = "A=1\n\nB!=2\nC=3\n";
    const { own, error } = parseDotenv(text);
    assert.deepEqual(Object.fromEntries(own), { A: "1" });
    assert.equal(error?.words, 'line 3: unexpected character "!" in variable name "B!=2"');
    assert.equal(text.slice(error.from, error.to), "B!=2");
  });

  it("keeps a value set that grows beyond what is followed, and nothing made of it known", () => {
    const line = (index: number) => `V${index + 1}=\$V${index}\$V${index}`;
    const lines = ["V0=0123456789", ...Array.from({ length: 40 }, (_, index) => line(index))];
    const { own } = parseDotenv(lines.join("\n"));
    assert.equal(own.get("V3")?.length, 80);
    for (const name of ["V20", "V40"]) {
      assert.notEqual(own.get(name), "");
      assert.equal(interpolate(`\${${name}}`, own).known, false);
      assert.equal(interpolate(`\${${name}:+set}`, own).text, "set");
    }
  });

  it("takes defaults deeper than are followed for a value that is not known", () => {
    const { own } = parseDotenv(`A=${"${N:-".repeat(200)}x${"}".repeat(200)}`);
    assert.notEqual(own.get("A"), "");
    assert.equal(interpolate("${A}", own).known, false);
  });

  it("reads quotes and backslashes", () => {
    const variables = read(`A="a\\"b"\nB='c\\'d\\n'\nC="e\\\\"\nD=f\n`);
    assert.deepEqual(variables, { A: 'a"b', B: "c'd\\n", C: "e\\", D: "f" });
    assert.match(parseDotenv('A="x\\').error?.words ?? "", /unterminated quoted value/);
  });
});
