import assert from "node:assert/strict";
import { ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { createInventory } from "../../../src/inventory/liveInventory";

interface Starts {
  spawn: (options: { readonly args: readonly string[] }) => unknown;
}

/** Notes every process that is started and every socket that is opened, and lets none. */
function spy(): { readonly seen: string[]; readonly restore: () => void } {
  const seen: string[] = [];
  const process = ChildProcess.prototype as unknown as Starts;
  const { spawn } = process;
  const connect = Object.getOwnPropertyDescriptor(Socket.prototype, "connect");
  assert.ok(connect);
  process.spawn = ({ args }) => {
    seen.push(`process ${args.join(" ")}`);
    throw new Error("no process");
  };
  Socket.prototype.connect = function (this: Socket) {
    seen.push("socket");
    setImmediate(() => this.destroy(new Error("no socket")));
    return this;
  };
  return {
    seen,
    restore: () => {
      process.spawn = spawn;
      Object.defineProperty(Socket.prototype, "connect", connect);
    },
  };
}

describe("the inventory of a workspace that is not trusted", () => {
  for (const dockerHost of ["unix:///nowhere.sock", "tcp://127.0.0.1:1", "ssh://nas"]) {
    it(`starts no process and opens no socket for ${dockerHost} before it is`, async function () {
      this.timeout(10_000);
      const { seen, restore } = spy();
      const inventory = createInventory({ trusted: false, endpoint: { dockerHost } });
      try {
        inventory.setHostConsents(new Set([`${dockerHost} nas`]));
        inventory.watch();
        await inventory.refresh();
        await inventory.current();
        await inventory.contexts();
        inventory.setEndpoint({ dockerHost: `${dockerHost}/x`, dockerContext: "lab" });
        await new Promise((resolve) => setTimeout(resolve, 50));
        assert.deepEqual(seen, []);
        assert.equal(inventory.state.kind, "untrusted");
        inventory.setEndpoint({ dockerHost });
        inventory.setTrusted(true);
        await inventory.refresh();
        assert.notDeepEqual(seen, [], "the spy sees nothing at all");
      } finally {
        inventory.dispose();
        restore();
      }
    });
  }
});
