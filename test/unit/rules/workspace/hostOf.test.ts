import assert from "node:assert/strict";
import { globExpression, hostOf } from "../../../../src/rules/workspace/hostOf";

describe("hosts of files", () => {
  const cases: readonly [glob: string, fits: readonly string[], not: readonly string[]][] = [
    ["nas/**", ["nas/compose.yaml", "nas/dns/compose.yaml"], ["nas2/compose.yaml", "a/nas/x.yaml"]],
    ["nas", ["nas/compose.yaml", "nas/dns/compose.yaml"], ["nasty/compose.yaml"]],
    ["./nas/", ["nas/compose.yaml"], ["compose.yaml"]],
    ["**/pi/**", ["pi/compose.yaml", "hosts/pi/dns/compose.yaml"], ["pie/compose.yaml"]],
    ["hosts/*/dns", ["hosts/pi/dns/compose.yaml"], ["hosts/dns/compose.yaml", "hosts/a/b/dns/c"]],
    ["node?/**", ["node1/compose.yaml"], ["node12/compose.yaml", "node/compose.yaml"]],
    ["{nas,pi}/**", ["nas/compose.yaml", "pi/compose.yaml"], ["na/compose.yaml", "nas,pi/x.yaml"]],
    ["pi[1-3]/**", ["pi2/compose.yaml"], ["pi4/compose.yaml"]],
    ["pi[!1-3]/**", ["pi4/compose.yaml"], ["pi2/compose.yaml"]],
    ["pi[3-1]/**", ["pi[3-1]/compose.yaml"], ["pi2/compose.yaml"]],
    ["**/docker-compose.nas.yml", ["a/docker-compose.nas.yml"], ["a/docker-compose-nas.yml"]],
    ["a{b/**", ["a{b/compose.yaml"], ["ab/compose.yaml"]],
    ["nas (old)/**", ["nas (old)/compose.yaml"], ["nas old/compose.yaml"]],
  ];
  for (const [glob, fits, not] of cases) {
    it(glob, () => {
      const expression = globExpression(glob);
      assert.deepEqual(
        [...fits, ...not].filter((path) => expression.test(path)),
        fits,
      );
    });
  }

  it("are those of the first pattern that fits one of the paths", () => {
    const hosts = { nas: ["nas/**", "shared/**"], pi: ["infra/pi/**", "shared/**"] };
    assert.equal(hostOf(hosts, ["pi/compose.yaml", "infra/pi/compose.yaml"]), "pi");
    assert.equal(hostOf(hosts, ["shared/compose.yaml"]), "nas");
    assert.equal(hostOf(hosts, ["elsewhere/compose.yaml"]), undefined);
  });
});
