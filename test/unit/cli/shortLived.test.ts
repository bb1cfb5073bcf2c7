import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { optimiseLess } from "../../../src/cli/shortLived";

describe("the settings of a short process", () => {
  it("are told to the V8 of Node 20, and to no later one, which would complain", () => {
    const told: string[] = [];
    const tell = (flag: string) => void told.push(flag);
    for (const v8 of ["11.3.244.8-node.33", "12.4.254.21-node.33", "13.6.233.17-node.37"]) {
      optimiseLess(v8, tell);
    }
    assert.deepEqual(told, ["--interrupt-budget=1000000"]);
  });

  it("are known to this Node, if they are told to it", () => {
    const told: string[] = [];
    optimiseLess(undefined, (flag) => void told.push(flag));
    const { status, stderr } = spawnSync(process.execPath, [...told, "-e", ""], {
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr], [0, ""]);
  });
});
