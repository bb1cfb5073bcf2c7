import assert from "node:assert/strict";
import { execOutput } from "../../../src/docker/execOutput";
import { jsonLines } from "../../../src/docker/jsonLines";
import { pullLine } from "../../../src/docker/pullLine";

describe("JSON lines", () => {
  const text = '{"a":"ä"}\n{"b":[1,2]}\r\n\nnot json\n{"c":3}\n';
  const expected = [{ a: "ä" }, { b: [1, 2] }, { c: 3 }];

  it("are the same however the stream is cut", () => {
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const values: unknown[] = [];
      const feed = jsonLines((value) => values.push(value));
      for (let at = 0; at < bytes.length; at += size) feed(bytes.subarray(at, at + size));
      assert.deepEqual(values, expected, `chunks of ${size}`);
    }
  });

  it("skip a line without end and go on behind it", () => {
    const values: unknown[] = [];
    const feed = jsonLines((value) => values.push(value));
    const megabyte = Buffer.alloc(1024 * 1024, "x");
    for (let i = 0; i < 6; i++) feed(megabyte);
    feed(Buffer.from('\n{"d":4}\n'));
    assert.deepEqual(values, [{ d: 4 }]);
  });
});

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe("output of a program in a container", () => {
  it("is both streams in their order, without the frames", () => {
    const bytes = Buffer.concat([frame(1, "one\n"), frame(2, "two\n"), frame(1, "three")]);
    assert.equal(execOutput(bytes, 1000), "one\ntwo\nthree");
  });

  it("ends at the limit, and where the stream was cut off", () => {
    const bytes = Buffer.concat([frame(1, "12345"), frame(1, "67890")]);
    assert.equal(execOutput(bytes, 7), "1234567");
    assert.equal(execOutput(bytes.subarray(0, bytes.length - 3), 100), "1234567");
  });

  it("is taken as it is when it has no frames", () => {
    assert.equal(execOutput(Buffer.from("plain text"), 100), "plain text");
    assert.equal(execOutput(Buffer.alloc(0), 100), "");
  });
});

describe("progress of a pull", () => {
  it("is a line for a person", () => {
    const detail = { current: 3_100_000, total: 10_200_000 };
    assert.equal(
      pullLine({ status: "Downloading", id: "a1b2", progressDetail: detail }),
      "a1b2: Downloading 3.1 of 10.2 MB",
    );
    assert.equal(
      pullLine({ status: "Pulling from library/busybox" }),
      "Pulling from library/busybox",
    );
    assert.equal(pullLine({ error: "no such host" }), undefined);
  });
});
