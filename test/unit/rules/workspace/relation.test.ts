import assert from "node:assert/strict";
import { ComposeDocument } from "../../../../src/compose/document";
import { createContext } from "../../../../src/rules/views/views";
import { claimsOf } from "../../../../src/rules/workspace/claims";
import { TestWorkspace, type WorkspaceOptions, bridge, macvlan, stack } from "./workspace";

/** What is found in the second of two files that claim one address: its level, or nothing. */
function level(
  one: string,
  two: string,
  options: WorkspaceOptions & { services?: [string, string]; name?: string } = {},
): string {
  const [a, b] = options.services ?? ["dns", "web"];
  const name = options.name === undefined ? "" : `name: ${options.name}\n`;
  const workspace = new TestWorkspace(
    {
      [one]: name + stack({ service: a, address: "192.168.1.5" }),
      [two]: name + stack({ service: b, address: "192.168.1.5" }),
    },
    options,
  );
  const found = workspace.findings(two);
  assert.ok(found.every(({ rule }) => rule === "duplicate-address"));
  assert.deepEqual(
    workspace.findings(one).map((f) => f.severity),
    found.map((f) => f.severity),
  );
  return found.map(({ severity }) => severity).join();
}

describe("files that nobody starts together", () => {
  const same: [string, string] = ["dns", "dns"];

  it("are told apart from projects that one host runs", () => {
    assert.equal(level("dns/compose.yaml", "shop/compose.yaml"), "warning");
    assert.equal(level("stacks/dns/compose.yaml", "stacks/shop/docker-compose.yml"), "warning");
  });

  it("are variants in one folder", () => {
    const names = ["docker-compose.yml", "docker-compose.arm.yml"] as const;
    assert.equal(level(`dns/${names[0]}`, `dns/${names[1]}`, { services: same }), "");
    assert.equal(level(`dns/${names[0]}`, `dns/${names[1]}`), "information");
  });

  it("are those of one project name", () => {
    assert.equal(level("a/compose.yaml", "b/compose.yaml", { services: same, name: "x" }), "");
    assert.equal(level("a/compose.yaml", "b/compose.yaml", { name: "x" }), "information");
  });

  it("are archives, backups, templates, examples and hidden folders", () => {
    for (const other of [
      "archive/shop/compose.yaml",
      "shop.bak/compose.yaml",
      "shop-old/compose.yaml",
      "Backups 2024/shop/compose.yaml",
      "templates/shop/compose.yaml",
      "shop/examples/macvlan/compose.yaml",
      "shop/docker-compose.example.yml",
      "shop - Copy/compose.yaml",
      ".worktrees/x/shop/compose.yaml",
      "_attic/shop/compose.yaml",
    ]) {
      assert.equal(level("dns/compose.yaml", other), "", other);
    }
    assert.equal(level("dns/compose.yaml", "goldfish/compose.yaml"), "warning");
    assert.equal(level("dns/compose.yaml", "contest/compose.yaml"), "warning");
  });

  it("are folders of hosts and environments", () => {
    for (const [one, two] of [
      ["hosts/alpha/dns/compose.yaml", "hosts/beta/web/compose.yaml"],
      ["host1/compose.yaml", "host2/compose.yaml"],
      ["nas/dns/compose.yaml", "pi4/web/compose.yaml"],
      ["dns-prod/compose.yaml", "web-staging/compose.yaml"],
      ["dns/compose.prod.yaml", "web/compose.dev.yaml"],
      ["macvlan/compose.yaml", "ipvlan/compose.yaml"],
    ] as const) {
      assert.equal(level(one, two), "information", `${one} ${two}`);
    }
    assert.equal(level("hosts/alpha/dns/compose.yaml", "hosts/alpha/web/compose.yaml"), "warning");
    assert.equal(level("nas/dns/compose.yaml", "nas/web/compose.yaml"), "warning");
  });

  it("hold the same services", () => {
    assert.equal(
      level("ds918/compose.yaml", "rack/compose.yaml", { services: same }),
      "information",
    );
    assert.equal(level("v1/compose.yaml", "v2/compose.yaml", { services: same }), "information");
  });

  it("name their containers alike", () => {
    const found = (services: [string, string]) =>
      new TestWorkspace({
        "ds918/compose.yaml": stack({ service: services[0], container: "c", network: "a" }),
        "rack/compose.yaml": stack({ service: services[1], container: "c", network: "b" }),
      }).found();
    assert.deepEqual(found(same), []);
    assert.equal(found(["dns", "web"]).length, 2);
  });

  it("are one file in two checkouts", () => {
    const two = ["main/dns/compose.yaml", "feature/dns/compose.yaml"] as const;
    const checkouts = ["main", "feature"];
    assert.equal(
      level("main/compose.yaml", "feature/compose.yaml", { services: same, checkouts }),
      "",
    );
    assert.equal(level(...two, { services: same, checkouts }), "");
  });

  it("are many with one claim: a collection", () => {
    const file = (number: number) =>
      stack({ service: `s${number}`, container: "db", network: "n" });
    const names = Array.from({ length: 6 }, (_, index) => `${"abcdef"[index] ?? ""}/compose.yaml`);
    const workspace = new TestWorkspace(
      Object.fromEntries(names.slice(0, 5).map((name, index) => [name, file(index)])),
    );
    assert.equal(workspace.findings("a/compose.yaml")[0]?.severity, "warning");
    workspace.write(names[5]!, file(5));
    assert.equal(workspace.findings("a/compose.yaml")[0]?.severity, "information");
  });

  it("do not start: another profile, or no container at all", () => {
    const off = stack({ service: "web", address: "192.168.1.5" }).replace(
      "    image",
      "    profiles: [debug]\n    image",
    );
    const workspace = new TestWorkspace({
      "dns/compose.yaml": stack({ service: "dns", address: "192.168.1.5" }),
      "web/compose.yaml": off,
    });
    assert.equal(workspace.findings("dns/compose.yaml")[0]?.severity, "information");
  });
});

describe("a project that another one includes", () => {
  it("is a part of it", () => {
    const { index } = new TestWorkspace({});
    const text = { "a/compose.yaml": "dns", "b/compose.yaml": "web" };
    const claims = Object.entries(text).map(([path, service]) => {
      const project = new ComposeDocument(
        path,
        stack({ service, address: "192.168.1.5" }),
      ).project();
      return { path, claims: claimsOf(createContext(project, {})) };
    });
    const set = (files: readonly string[]) => {
      for (const { path, claims: own } of claims) {
        const where = { root: "/root", path, shown: path };
        index.set(path, { where, claims: path === "a/compose.yaml" ? { ...own, files } : own });
      }
      return index.findings("b/compose.yaml").length;
    };
    assert.equal(set(["a/compose.yaml"]), 1);
    assert.equal(set(["a/compose.yaml", "b/compose.yaml"]), 0);
  });
});

describe("hosts that the setting names", () => {
  const hosts = (path: string) => path.split("/")[0];

  it("keep their projects apart", () => {
    const files = (lines: string[]) => ({
      "nas/dns/compose.yaml": stack({ service: "dns", container: "c", lines }),
      "box/web/compose.yaml": stack({ service: "web", container: "c", lines }),
    });
    const lines = bridge("172.20.0.0/16");
    assert.deepEqual(new TestWorkspace(files(lines), { hosts }).found(), []);
    assert.equal(new TestWorkspace(files(lines)).found().length, 4);
  });

  it("share a LAN where that is known", () => {
    const found = (lans: string[], lines: string[]) =>
      new TestWorkspace(
        {
          "nas/dns/compose.yaml": stack({ service: "dns", address: "192.168.1.5", lines }),
          "box/web/compose.yaml": stack({ service: "web", address: "192.168.1.5", lines }),
        },
        { hosts, lans },
      ).findings("box/web/compose.yaml");
    const lan = macvlan("192.168.1.0/24");
    assert.deepEqual(found([], lan), []);
    assert.deepEqual(found(["192.168.2.0/24"], lan), []);
    const [finding] = found(["192.168.1.0/24"], lan);
    assert.equal(finding?.severity, "warning");
    assert.match(finding.message, /on host "nas".*on the LAN 192\.168\.1\.0\/24/);
    assert.equal(found(["192.168.1.0/24"], ["external: true"]).length, 1);
    assert.deepEqual(found(["192.168.1.0/24"], bridge("192.168.1.0/24")), []);
  });

  it("say more than the path", () => {
    assert.equal(
      level("nas/dns/compose.yaml", "pi/web/compose.yaml", { hosts: () => "one" }),
      "warning",
    );
  });
});
