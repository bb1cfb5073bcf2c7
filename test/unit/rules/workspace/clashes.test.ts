import assert from "node:assert/strict";
import { applyEdits } from "./edits";
import { TestWorkspace, bridge, macvlan, stack } from "./workspace";

const dns = (more: Parameters<typeof stack>[0]) => stack({ service: "dns", ...more });
const web = (more: Parameters<typeof stack>[0]) => stack({ service: "web", ...more });

function both(one: string, two: string, options = {}): TestWorkspace {
  return new TestWorkspace({ "dns/compose.yaml": one, "shop/compose.yaml": two }, options);
}

describe("two projects", () => {
  it("with one address on one external network are told so, each with the other's place", () => {
    const found = both(dns({ address: "192.168.1.5" }), web({ address: "192.168.1.5" }));
    assert.deepEqual(found.found(), [
      "dns/compose.yaml:6 duplicate-address warning",
      "shop/compose.yaml:6 duplicate-address warning",
    ]);
    const [finding] = found.findings("shop/compose.yaml");
    assert.match(
      finding!.message,
      /^192\.168\.1\.5 is also the address of "dns" in dns\/compose\.yaml/,
    );
    assert.equal(finding!.engineMessage, "Address already in use");
    const [related] = finding!.related!;
    const { path, from, to } = related!.place;
    assert.equal(path, "dns/compose.yaml");
    assert.equal(found.text(path).slice(from, to), "192.168.1.5");
  });

  it("with one address on networks of different names are not", () => {
    const two = web({ address: "192.168.1.5", network: "other" });
    assert.deepEqual(both(dns({ address: "192.168.1.5" }), two).found(), []);
  });

  it("with one address and one parent are, whether or not their subnets are the same", () => {
    const lan = macvlan("192.168.1.0/24", "eth0", "ip_range: 192.168.1.64/28");
    const other = (range: string) => macvlan("192.168.1.0/24", "eth0", `ip_range: ${range}`);
    const wide = macvlan("192.168.0.0/23", "eth0", "ip_range: 192.168.0.64/28");
    const one = dns({ address: "192.168.1.5", lines: lan });
    const found = (lines: string[]) =>
      both(one, web({ address: "192.168.1.5", lines }))
        .findings("shop/compose.yaml")
        .map(({ rule, engineMessage }) => [rule, engineMessage]);
    assert.deepEqual(found(other("192.168.1.96/28")), [
      ["duplicate-address", "Address already in use"],
    ]);
    assert.deepEqual(found(wide), [["duplicate-address", undefined]]);
    assert.deepEqual(found(macvlan("192.168.1.0/24", "eth1", "ip_range: 192.168.1.96/28")), []);
    assert.deepEqual(found(macvlan("192.168.1.0/24", "eth0.10", "ip_range: 192.168.1.96/28")), []);
  });

  it("take an external network for what a third project makes of it", () => {
    const makes = stack({
      service: "maker",
      lines: ["name: lan", ...macvlan("192.168.1.0/24", "eth0", "ip_range: 192.168.1.64/28")],
    });
    const own = macvlan("192.168.1.0/24", "eth0", "ip_range: 192.168.1.96/28");
    const found = new TestWorkspace({
      "dns/compose.yaml": dns({ address: "192.168.1.5" }),
      "shop/compose.yaml": web({ address: "192.168.1.5", network: "home", lines: own }),
    });
    assert.deepEqual(found.found(), []);
    found.index.takeStale();
    found.write("lan/compose.yaml", makes);
    assert.deepEqual(found.index.takeStale().sort(), [
      "dns/compose.yaml",
      "lan/compose.yaml",
      "shop/compose.yaml",
    ]);
    assert.deepEqual(found.found("shop/compose.yaml"), [
      "shop/compose.yaml:6 duplicate-address warning",
    ]);
  });

  it("with one MAC are told where it is one link", () => {
    const mac = "02:42:c0:a8:01:05";
    const own = (subnet: string, parent: string) => macvlan(subnet, parent);
    const found = (a: string[], b: string[]) =>
      both(dns({ mac, lines: a }), web({ mac: "02-42-C0-A8-01-05", lines: b }))
        .findings("shop/compose.yaml")
        .map(({ rule, engineMessage }) => [rule, engineMessage]);
    assert.deepEqual(found(own("10.1.0.0/24", "eth0"), own("10.2.0.0/24", "eth0")), [
      ["duplicate-mac", "address already in use"],
    ]);
    assert.deepEqual(found(own("10.1.0.0/24", "eth0"), own("10.2.0.0/24", "eth1")), []);
    assert.deepEqual(found(["external: true"], ["external: true"]), [["duplicate-mac", undefined]]);
  });

  it("with overlapping subnets are told what the engine makes of them", () => {
    const found = (a: string[], b: string[]) =>
      both(dns({ lines: a }), web({ network: "net", lines: b }))
        .findings("shop/compose.yaml")
        .map(({ rule, severity, engineMessage }) => [rule, severity, engineMessage]);
    const pools = "invalid pool request: Pool overlaps with other one on this address space";
    assert.deepEqual(found(bridge("172.20.0.0/16"), bridge("172.20.5.0/24")), [
      ["subnet-overlap", "warning", pools],
    ]);
    assert.deepEqual(found(bridge("172.20.0.0/16"), bridge("172.21.0.0/16")), []);
    const ranged = macvlan("192.168.1.0/24", "eth0", "ip_range: 192.168.1.64/28");
    assert.deepEqual(found(ranged, macvlan("192.168.1.0/24", "eth0")), [
      ["subnet-overlap", "information", pools],
    ]);
    const gateway = (range: string) =>
      macvlan("192.168.1.0/24", "eth0", `ip_range: ${range}`, "gateway: 192.168.1.1");
    assert.deepEqual(found(gateway("192.168.1.64/28"), gateway("192.168.1.96/28")), [
      [
        "subnet-overlap",
        "warning",
        "failed to allocate gateway (192.168.1.1): Address already in use",
      ],
    ]);
  });

  it("with overlapping subnets of one named network, or of an unknown name, are not", () => {
    const lines = bridge("172.20.0.0/16");
    const found = (name: string, other: string) =>
      both(dns({ lines: [name, ...lines] }), web({ lines: [other, ...lines] })).found();
    assert.deepEqual(found("name: lan", "name: lan"), []);
    assert.deepEqual(found("name: ${LAN}", "name: lan"), []);
  });

  it("share a parent as the engine lets them", () => {
    const ipvlan = [
      "driver: ipvlan",
      "driver_opts: { parent: eth0 }",
      "ipam: { config: [{ subnet: 10.3.0.0/24 }] }",
    ];
    const found = (a: string[], b: string[], engine: string) =>
      both(dns({ lines: a }), web({ lines: b }), { engine }).found("shop/compose.yaml");
    const [one, two] = [macvlan("10.1.0.0/24"), macvlan("10.2.0.0/24")];
    assert.deepEqual(found(one, two, "28.5"), []);
    const warning = ["shop/compose.yaml:9 parent-shared warning"];
    assert.deepEqual(found(one, two, "26.1"), warning);
    assert.deepEqual(found(one, ipvlan, "28.5"), ["shop/compose.yaml:9 parent-shared warning"]);
    const passthru = two.map((line) => line.replace("bridge", "passthru"));
    assert.deepEqual(found(one, passthru, "28.5"), warning);
  });

  it("with one container name are told", () => {
    const found = both(dns({ container: "box" }), web({ container: "box" }));
    assert.deepEqual(found.found("shop/compose.yaml"), [
      "shop/compose.yaml:4 container-name-taken warning",
    ]);
    assert.deepEqual(both(dns({ container: "box" }), web({ container: "bag" })).found(), []);
  });

  it("that make one network are told when Compose cannot take it for both", () => {
    const found = (a: string[], b: string[], network = "lan") =>
      both(dns({ lines: a }), web({ network, lines: b }))
        .findings("shop/compose.yaml")
        .map(({ rule, message }) => `${rule}: ${message}`);
    const lan = ["name: home", ...bridge("10.1.0.0/24")];
    assert.deepEqual(found(lan, lan), []);
    assert.match(found(lan, lan, "net").join(), /^network-name-taken: .*under the key "lan"/);
    const other = ["name: home", ...bridge("10.2.0.0/24")];
    assert.match(found(lan, other).join(), /^network-name-taken: .*with other settings/);
    const unknown = ["name: home", ...bridge("${SUBNET}")];
    assert.deepEqual(found(lan, unknown), []);
    assert.deepEqual(found(lan, ["name: home", "external: true"]), []);
  });
});

describe("fixes between projects", () => {
  const address = (workspace: TestWorkspace, path: string) => {
    const [finding] = workspace.findings(path);
    const [fix] = finding!.fixes!();
    return { fix: fix!, text: applyEdits(workspace.text(path), fix!.edits) };
  };
  const own = (range: string) => macvlan("192.168.1.0/24", "eth0", `ip_range: ${range}`);

  it("choose an address that no project of the workspace claims", () => {
    const workspace = new TestWorkspace({
      "a/compose.yaml": dns({ address: "192.168.1.5", lines: own("192.168.1.64/28") }),
      "b/compose.yaml": web({ address: "192.168.1.5", lines: own("192.168.1.80/28") }),
      "c/compose.yaml": stack({
        service: "c",
        address: "192.168.1.6",
        lines: own("192.168.1.96/28"),
      }),
      "z/compose.yaml": stack({ service: "z", address: "192.168.1.7", lines: ["external: true"] }),
    });
    const { fix, text } = address(workspace, "b/compose.yaml");
    assert.match(fix.title, /192\.168\.1\.8\b/);
    workspace.write("b/compose.yaml", text);
    assert.deepEqual(workspace.found(), []);
  });

  it("are the preferred ones in one of the two files only", () => {
    const workspace = new TestWorkspace({
      "a/compose.yaml": dns({ address: "192.168.1.5", lines: own("192.168.1.64/28") }),
      "b/compose.yaml": web({ address: "192.168.1.5", lines: own("192.168.1.80/28") }),
    });
    assert.equal(address(workspace, "a/compose.yaml").fix.preferred, false);
    assert.equal(address(workspace, "b/compose.yaml").fix.preferred, true);
  });

  it("move a bridge to a subnet that no project has", () => {
    const workspace = new TestWorkspace({
      "a/compose.yaml": dns({ lines: bridge("172.20.0.0/16") }),
      "b/compose.yaml": web({ address: "172.20.0.9", lines: bridge("172.20.0.0/16") }),
      "c/compose.yaml": stack({ service: "c", lines: bridge("172.21.0.0/16") }),
    });
    const { text } = address(workspace, "b/compose.yaml");
    assert.match(text, /subnet: 172\.22\.0\.0\/16/);
    assert.match(text, /ipv4_address: 172\.22\.0\.9/);
  });

  it("give a MAC that no project has", () => {
    const mac = "02:42:c0:a8:01:05";
    const workspace = new TestWorkspace({
      "a/compose.yaml": dns({ mac }),
      "b/compose.yaml": web({ mac }),
    });
    const first = address(workspace, "b/compose.yaml").fix.edits[0]!.newText;
    workspace.write("c/compose.yaml", stack({ service: "c", mac: first, network: "other" }));
    assert.notEqual(address(workspace, "b/compose.yaml").fix.edits[0]!.newText, first);
  });
});
