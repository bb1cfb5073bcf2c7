import assert from "node:assert/strict";
import { readDotenv } from "../../../src/compose/dotenv";

describe("readDotenv", () => {
  it("reads every form of assignment", () => {
    const text = `\uFEFF# comment
NET=10.0.0
export PARENT=eth0 # the LAN
COLON: value
SINGLE='$NET #x'
DOUBLE="$NET.5\\n\\"q\\""
JOINED=\${NET}.0/24
EMPTY=
HASH=a#b
no assignment
LAST=end`;
    assert.deepEqual(Object.fromEntries(readDotenv(text)), {
      NET: "10.0.0",
      PARENT: "eth0",
      COLON: "value",
      SINGLE: "$NET #x",
      DOUBLE: '10.0.0.5\n"q"',
      JOINED: "10.0.0.0/24",
      EMPTY: "",
      HASH: "a#b",
      LAST: "end",
    });
  });

  it("lets the outer environment win, also inside values", () => {
    const variables = readDotenv("NET=10.0.0\nIP=$NET.5\n", new Map([["NET", "192.168.1"]]));
    assert.equal(variables.get("NET"), "192.168.1");
    assert.equal(variables.get("IP"), "192.168.1.5");
  });
});
