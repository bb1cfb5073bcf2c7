import assert from "node:assert/strict";
import { explainMessage } from "../../src/workbench/engineMessages";
import { useLab } from "../lab/suite.mjs";

describe("a network whose parent came back after the engine had started", function () {
  this.timeout(90_000);
  const lab = useLab();
  const makeParent = () => lab().inLab("ip link add late0 type veth peer name late1".split(" "));
  const makeNetwork = () =>
    lab().docker("network create -d macvlan --subnet=10.99.0.0/24 -o parent=late0 late".split(" "));

  afterEach(async () => {
    await lab().clear();
    await lab().inLab("ip link del late0".split(" "));
  });

  const waysOut: readonly [string, () => Promise<void>][] = [
    [
      "the engine is restarted",
      async () => {
        await lab().stopEngine();
        await lab().startEngine();
      },
    ],
    [
      "it is made again",
      async () => {
        await lab().docker(["network", "rm", "late"]);
        await makeNetwork();
      },
    ],
  ];
  for (const [name, wayOut] of waysOut) {
    it(`takes no container, for a reason that is explained, until ${name}`, async () => {
      await makeParent();
      await makeNetwork();
      await lab().stopEngine();
      await lab().inLab("ip link del late0".split(" "));
      await lab().startEngine();
      await makeParent();
      await lab().inLab("ip link set late0 up".split(" "));
      await lab().docker("create --network=late --name=box alpine sleep 100".split(" "));

      const failed = await lab().tryDocker(["start", "box"]);
      assert.equal(failed.code, 1);
      const explained = explainMessage(failed.stderr);
      assert.match(explained?.reason ?? failed.stderr, /did not find the parent of network late/);
      assert.match(explained?.nextStep ?? "", /restart the engine, or remove the network/);

      await wayOut();
      await lab().docker(["start", "box"]);
    });
  }
});
