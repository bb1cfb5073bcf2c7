import assert from "node:assert/strict";
import { type Random, seededRandom } from "../../support/random";
import { TestWorkspace, bridge, macvlan, stack } from "./workspace";

/** A small project that is likely to meet others. */
function randomFile(random: Random): string {
  const int = (below: number) => random.int(below);
  const pick = <T>(items: readonly T[]) => random.pick(items);
  const last = String(int(5) + 2);
  return stack({
    service: pick(["web", "dns", "db"]),
    network: pick(["lan", "net"]),
    address: `192.168.1.${last}`,
    ...(int(2) === 0 ? { container: pick(["a", "b"]) } : {}),
    ...(int(2) === 0 ? { mac: `02:42:00:00:00:0${last}` } : {}),
    lines: pick([
      ["external: true"],
      ["name: home", "external: true"],
      ["name: home", ...macvlan("192.168.1.0/24", "eth0", "ip_range: 192.168.1.64/28")],
      macvlan("192.168.1.0/24", pick(["eth0", "eth1"])),
      macvlan("192.168.0.0/23", "eth0", "ip_range: 192.168.0.64/28"),
      bridge(pick(["192.168.1.0/24", "192.168.1.0/25"])),
    ]),
  });
}

describe("a workspace, project by project", () => {
  it("knows the same as one that is read anew, and says which findings changed", () => {
    const random = seededRandom(5);
    const names = ["a", "b", "c", "d", "e"].map((name) => `${name}/compose.yaml`);
    const files = new Map<string, string>();
    const workspace = new TestWorkspace({});
    const before = new Map<string, string>();
    for (let step = 0; step < 150; step++) {
      const name = random.pick(names);
      if (random.int(5) === 0) {
        files.delete(name);
        workspace.remove(name);
      } else {
        const text = randomFile(random);
        files.set(name, text);
        workspace.write(name, text);
      }
      const fresh = new TestWorkspace(Object.fromEntries(files));
      const stale = new Set(workspace.index.takeStale());
      for (const path of files.keys()) {
        const found = words(workspace, path);
        assert.equal(found, words(fresh, path), `${path} after step ${step}`);
        if (before.get(path) !== found) assert.ok(stale.has(path), `${path} changed unsaid`);
        before.set(path, found);
      }
    }
  }).timeout(60_000);

  it("looks only at those that claim the same", () => {
    const file = (number: number, address: number) =>
      stack({ service: `s${number}`, container: `c${number}`, address: `10.0.0.${address}` });
    const paths = Array.from({ length: 200 }, (_, number) => `p${number}x/compose.yaml`);
    const workspace = new TestWorkspace(
      Object.fromEntries(paths.map((path, number) => [path, file(number, number + 1)])),
    );
    workspace.index.takeStale();
    workspace.write(paths[3]!, file(3, 8));
    assert.deepEqual(workspace.index.takeStale().sort(), [paths[3], paths[7]]);
    workspace.write(paths[3]!, file(3, 4));
    assert.deepEqual(workspace.index.takeStale().sort(), [paths[3], paths[7]]);
    assert.deepEqual(workspace.found(), []);
  }).timeout(60_000);
});

function words(workspace: TestWorkspace, path: string): string {
  const findings = workspace.findings(path).map(({ rule, severity, message, related }) => ({
    rule,
    severity,
    message,
    related: related?.map(({ place }) => [place.path, place.from]),
  }));
  return JSON.stringify(findings);
}
