import assert from "node:assert/strict";
import { DisposableStore } from "../../../src/workbench/disposables";

describe("DisposableStore", () => {
  const noting = (log: string[], name: string) => ({ dispose: () => log.push(name) });

  it("disposes the newest first, and each once", () => {
    const log: string[] = [];
    const store = new DisposableStore();
    for (const name of ["a", "b", "c"]) store.add(noting(log, name));
    store.dispose();
    store.dispose();
    assert.deepEqual(log, ["c", "b", "a"]);
  });

  it("disposes at once what comes too late", () => {
    const log: string[] = [];
    const store = new DisposableStore();
    store.dispose();
    store.add(noting(log, "late"));
    assert.deepEqual(log, ["late"]);
  });
});
