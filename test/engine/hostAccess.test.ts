import assert from "node:assert/strict";
import { planHostAccess } from "../../src/hostAccess/access";
import { setUpCommands, undoCommands } from "../../src/hostAccess/commands";
import { useLab } from "../lab/suite.mjs";

describe("host access on a real engine", function () {
  this.timeout(60_000);
  const lab = useLab();

  const reaches = (address: string) => lab().ping(address, "host");

  it("lets the host reach a container it could not reach, and undo takes that away", async () => {
    const address = "192.168.50.200";
    await lab().docker([
      ...["network", "create", "-d", "macvlan", "-o", "parent=lan0"],
      ...["--subnet=192.168.50.0/24", "--gateway=192.168.50.1"],
      ...["--ip-range=192.168.50.192/27", "lan"],
    ]);
    await lab().docker([
      "run",
      "-dit",
      "--name=dns",
      "--network=lan",
      `--ip=${address}`,
      "busybox",
    ]);
    const plan = planHostAccess(
      {
        id: "lan",
        name: "lan",
        driver: "macvlan",
        parent: "lan0",
        ipam: [
          { subnet: "192.168.50.0/24", gateway: "192.168.50.1", ipRange: "192.168.50.192/27" },
        ],
      },
      { neighbours: [{ address: "192.168.50.10" }] },
    );
    assert.ok(plan.kind === "possible");
    assert.equal(await reaches(address), false, "before");
    for (const command of setUpCommands(plan.access)) await lab().inLab(command);
    try {
      assert.equal(await reaches(address), true, "with it");
    } finally {
      for (const command of undoCommands(plan.access)) await lab().inLab(command);
    }
    assert.equal(await reaches(address), false, "after it was undone");
  });
});
