import assert from "node:assert/strict";
import { HostConsents } from "../../../src/workbench/hostConsents";

describe("the user's consents", () => {
  it("are kept for each host, and can be taken back", async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string) => kept.get(key) as never,
      update: (key: string, value: unknown) => {
        kept.set(key, value);
        return Promise.resolve();
      },
    };
    const consents = new HostConsents(memory);
    assert.deepEqual([...consents.ids], []);
    await consents.give("tcp://nas:2375 nas");
    await consents.give("tcp://pi:2375 pi");
    await consents.give("tcp://nas:2375 nas");
    await consents.revoke("tcp://pi:2375 pi");
    assert.deepEqual([...new HostConsents(memory).ids], ["tcp://nas:2375 nas"]);
    kept.set("macvlan.hostsReadWithContainer", { not: "a list" });
    assert.deepEqual([...consents.ids], []);
  });
});
