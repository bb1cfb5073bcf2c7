import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { ComposeDocument } from "../../../src/compose/document";
import { parseAddress, parsePrefix, canonicalPrefix, lastOf } from "../../../src/model/cidr";
import type { Facts } from "../../../src/model/facts";
import { rules } from "../../../src/rules/index";
import { runRules } from "../../../src/rules/run";
import { type WizardForm, emptyForm, modesOf, withDriver } from "../../../src/wizard/form";
import { formChanges, formText, formPath } from "../../../src/wizard/formText";
import { draftOf } from "../../../src/wizard/form";
import { evaluate } from "../../../src/wizard/plan";
import { prefill } from "../../../src/wizard/prefill";
import { home } from "./facts";

/** Texts that are often right, often nearly right, and sometimes anything. */
const octet = fc.constantFrom("0", "1", "10", "64", "128", "192", "255", "256", "01");
const address4 = fc.tuple(fc.constantFrom("192.168.1.", "10.0.0."), octet).map((p) => p.join(""));
const address6 = fc.constantFrom("fd00::", "fd00::1", "fd00:0:0:1::", "fe80::1", "::1");
const length = fc.constantFrom("8", "24", "25", "27", "29", "30", "31", "32", "33", "64", "128");
const anyText = fc.oneof(
  { weight: 3, arbitrary: address4 },
  { weight: 6, arbitrary: fc.tuple(address4, length).map((p) => p.join("/")) },
  { weight: 2, arbitrary: fc.tuple(address6, length).map((p) => p.join("/")) },
  { weight: 1, arbitrary: address6 },
  {
    weight: 2,
    arbitrary: fc.constantFrom("", " ", "lan", "eth0", "$X", "${Y:-1}", "a: b", "# c", "on"),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);
const anyForm: fc.Arbitrary<WizardForm> = fc.record({
  parent: fc.oneof(fc.constantFrom("eth0", "eth0.10", "wlan0", "eth1", "lo", "nope", ""), anyText),
  vlanId: fc.oneof(fc.constantFrom("", "", "", "10", "20", "0", "4095", "abc", "+5"), anyText),
  driver: fc.constantFrom("macvlan", "ipvlan"),
  mode: fc.oneof(fc.constantFrom("", ...modesOf.macvlan, ...modesOf.ipvlan), anyText),
  subnet: anyText,
  gateway: anyText,
  ipRange: anyText,
  excluded: fc.array(
    fc.record({
      name: fc.oneof(fc.constantFrom("", "a", "b", "__proto__"), anyText),
      address: anyText,
    }),
    { maxLength: 3 },
  ),
  ipv6: fc.boolean(),
  subnet6: anyText,
  gateway6: anyText,
  internal: fc.boolean(),
  name: fc.oneof(fc.constantFrom("lan", "proxy", "", "-x", "1", "on"), anyText),
});
/** A good plan of which a few fields were changed: often still good. */
const nearlyGoodForm: fc.Arbitrary<WizardForm> = fc
  .tuple(fc.subarray(Object.keys(emptyForm), { maxLength: 3 }), anyForm)
  .map(([fields, other]) => {
    const changes = Object.entries(other).filter(([field]) => fields.includes(field));
    return { ...prefill(home), ...Object.fromEntries(changes) };
  });
const anyFacts: fc.Arbitrary<Facts> = fc.oneof(
  fc.constant<Facts>({}),
  fc.constantFrom("20.10.24", "24.0.9", "25.0.16", "27.5.1", "28.5.2", "29.7").map((version) => ({
    ...home,
    engine: { version },
  })),
);

describe("evaluate", () => {
  it("finds nothing wrong with what it prefills", () => {
    const { spec, problems } = evaluate(prefill(home), home);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error" || severity === "warning"),
      [],
    );
    assert.deepEqual(spec, {
      name: "lan",
      driver: "macvlan",
      parent: "eth0",
      internal: false,
      enableIpv6: false,
      pools: [{ subnet: "192.168.1.0/24", gateway: "192.168.1.1", ipRange: "192.168.1.64/27" }],
    });
  });

  it("previews the command and the YAML", () => {
    const form = {
      ...prefill(home),
      vlanId: "10",
      excluded: [{ name: "tv", address: "192.168.1.9" }],
    };
    const { command, composeYaml } = evaluate({ ...form, mode: "private" }, home);
    assert.equal(
      command,
      `docker network create -d macvlan \\
  --subnet=192.168.1.0/24 \\
  --gateway=192.168.1.1 \\
  --ip-range=192.168.1.64/27 \\
  --aux-address=tv=192.168.1.9 \\
  -o parent=eth0.10 \\
  -o macvlan_mode=private \\
  lan`,
    );
    assert.match(composeYaml, /^networks:\n {2}lan:\n {4}name: lan\n/);
    assert.doesNotMatch(composeYaml, /services/);
  });

  it("says what is missing in an empty form, and still previews", () => {
    const { spec, problems, command, pools } = evaluate(emptyForm, {});
    assert.equal(spec, undefined);
    assert.deepEqual(
      problems.map(({ field, severity }) => `${field} ${severity}`),
      ["parent error", "subnet error", "name error"],
    );
    assert.equal(command, "docker network create -d macvlan NAME");
    assert.deepEqual(pools, []);
  });

  const wrongNames: [string, RegExp][] = [
    ["-lan", /letters, digits/],
    ["lan network", /letters, digits/],
    ["host", /keeps for itself/],
    ["proxy", /already has a network named proxy/],
  ];
  for (const [name, message] of wrongNames) {
    it(`refuses the name ${name}`, () => {
      const { spec, problems } = evaluate({ ...prefill(home), name }, home);
      assert.equal(spec, undefined);
      assert.match(problems.find(({ field }) => field === "name")?.message ?? "", message);
    });
  }

  for (const vlanId of ["0", "4095", "abc", "+5", "010", "-1"]) {
    it(`refuses the VLAN id ${vlanId}`, () => {
      const { problems } = evaluate({ ...prefill(home), vlanId }, home);
      assert.ok(problems.some((p) => p.field === "vlanId" && p.severity === "error"));
    });
  }

  it("refuses two excluded addresses of one name, and a name without address", () => {
    const excluded = [
      { name: "tv", address: "192.168.1.9" },
      { name: "tv", address: "192.168.1.8" },
      { name: "nas", address: "" },
    ];
    const { problems } = evaluate({ ...prefill(home), excluded }, home);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error").map(({ field }) => field),
      ["excluded.1.name", "excluded.2.address"],
    );
  });

  it("names an excluded address that has no name", () => {
    const excluded = [
      { name: "", address: "192.168.1.9" },
      { name: "excluded1", address: "192.168.1.8" },
    ];
    const { spec } = evaluate({ ...prefill(home), excluded }, home);
    assert.deepEqual(spec?.pools[0]?.aux, { excluded2: "192.168.1.9", excluded1: "192.168.1.8" });
  });

  it("blocks on Docker Desktop and on a rootless engine", () => {
    const desktop = evaluate(prefill(home), { ...home, engine: { desktop: true } });
    assert.match(desktop.blocked ?? "", /virtual machine/);
    const rootless = evaluate(prefill(home), { ...home, engine: { rootless: true } });
    assert.match(rootless.blocked ?? "", /rootless/);
    assert.equal(evaluate(prefill(home), home).blocked, undefined);
  });

  it("shows what of the subnet is used by whom", () => {
    const form = { ...prefill(home), excluded: [{ name: "tv", address: "192.168.1.9" }] };
    const pool = evaluate(form, home).pools[0];
    assert.ok(pool);
    const use = (first: string) => pool.parts.find((part) => part.first === first);
    assert.deepEqual(use("192.168.1.1")?.use, "gateway");
    assert.deepEqual(use("192.168.1.9"), {
      use: "reserved",
      first: "192.168.1.9",
      last: "192.168.1.9",
      count: "1",
      labels: ["tv"],
    });
    assert.equal(use("192.168.1.10")?.use, "host");
    assert.equal(use("192.168.1.230")?.use, "claimed");
    assert.equal(use("192.168.1.7")?.use, "neighbour");
    assert.deepEqual(
      [use("192.168.1.100")?.use, use("192.168.1.100")?.last],
      ["dhcp", "192.168.1.199"],
    );
    assert.deepEqual(
      [use("192.168.1.64")?.use, use("192.168.1.64")?.last],
      ["dynamic", "192.168.1.95"],
    );
    assert.equal(pool.rows.length, 8);
    assert.equal(pool.rows[1]?.cells.length, 32);
    assert.equal(pool.rows[1].label, "192.168.1.32");
  });

  it("draws subnets of every size with at most 256 squares", () => {
    const cells = (subnet: string) =>
      evaluate({ ...emptyForm, subnet }, {}).pools[0]?.rows.flatMap((row) => row.cells).length;
    assert.deepEqual(
      ["10.0.0.0/32", "10.0.0.0/30", "10.0.0.0/25", "10.0.0.0/8"].map(cells),
      [1, 4, 128, 256],
    );
    const v6 = evaluate({ ...emptyForm, ipv6: true, subnet6: "fd00::/64" }, {}).pools[0];
    assert.equal(v6?.total, String(2n ** 64n));
    assert.equal(v6.rows.flatMap((row) => row.cells).length, 256);
  });

  it("never throws, and the layout covers each subnet exactly once", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(anyForm, anyFacts, (form, facts) => {
        const { pools } = evaluate(form, facts);
        for (const pool of pools) {
          const prefix = parsePrefix(pool.subnet);
          assert.ok(prefix);
          assert.deepEqual(prefix, canonicalPrefix(prefix));
          let next = prefix.address;
          for (const part of pool.parts) {
            const [first, last] = [parseAddress(part.first), parseAddress(part.last)];
            assert.ok(first && last);
            assert.equal(first.value, next);
            assert.equal(last.value - first.value + 1n, BigInt(part.count));
            next = last.value + 1n;
          }
          assert.equal(next, lastOf(prefix) + 1n);
          const counted = pool.counts.reduce((sum, { count }) => sum + BigInt(count), 0n);
          assert.equal(String(counted), pool.total);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("says of a form without errors what the editor says of its YAML: nothing is refused", function () {
    this.timeout(120_000);
    let accepted = 0;
    fc.assert(
      fc.property(nearlyGoodForm, anyFacts, (form, facts) => {
        const { spec, composeYaml } = evaluate(form, facts);
        if (!spec) return;
        accepted++;
        const used = `${composeYaml}services: {a: {image: b, networks: [${JSON.stringify(spec.name)}]}}\n`;
        const project = new ComposeDocument("/srv/stack/compose.yaml", used).project();
        assert.deepEqual(project.problems, []);
        const refused = runRules(rules, project, facts).filter(
          (f) => f.severity === "error" && f.rule !== "platform-without-macvlan",
        );
        assert.deepEqual(refused, []);
      }),
      { numRuns: 1000 },
    );
    assert.ok(accepted > 100, `only ${accepted} forms had no errors: the test has lost its teeth`);
  });

  it("mends a field by its fix, with the first address that is free", () => {
    const form = { ...prefill(home), ipv6: true, subnet6: "fd00:10::/64", gateway6: "fd00:11::1" };
    const [problem] = evaluate(form, home).problems;
    assert.equal(problem?.field, "gateway6");
    assert.deepEqual(problem.fix?.form, { gateway6: "fd00:10::1" });
    const mended = evaluate({ ...form, ...problem.fix.form }, home);
    assert.notEqual(mended.spec, undefined, JSON.stringify(mended.problems));
  });

  it("offers fixes that end the problem", function () {
    this.timeout(120_000);
    let tried = 0;
    fc.assert(
      fc.property(nearlyGoodForm, anyFacts, (form, facts) => {
        for (const { field, rule, message, fix } of evaluate(form, facts).problems) {
          if (!fix) continue;
          tried++;
          const after = evaluate({ ...form, ...fix.form }, facts).problems;
          const still = after.filter((p) => p.field === field && p.rule === rule);
          assert.ok(!still.some((p) => p.message === message), `${rule}: ${fix.title}: ${message}`);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(tried > 50, `only ${tried} fixes were tried`);
  });

  it("reads its own YAML back as the same form", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(anyForm, (raw) => {
        const form = tidy(raw);
        const text = formText(draftOf(form));
        const project = new ComposeDocument(formPath, text.checked).project();
        assert.deepEqual(project.problems, []);
        assert.deepEqual(formChanges(form, project), {});
      }),
      { numRuns: 1000 },
    );
  });

  it("tells the field of every character of the YAML", () => {
    const form: WizardForm = {
      ...prefill(home),
      mode: "private",
      ipv6: true,
      internal: true,
      subnet6: "fd00::/64",
      gateway6: "fd00::1",
      excluded: [
        { name: "", address: "" },
        { name: "tv", address: "192.168.1.9" },
        { name: "tv6", address: "fd00::9" },
      ],
    };
    const text = formText(draftOf(form));
    const fieldOf = (needle: string) => text.fieldAt(text.checked.indexOf(needle));
    assert.equal(fieldOf("lan:"), "name");
    assert.equal(fieldOf("macvlan\n"), "driver");
    assert.equal(fieldOf("parent: "), "parent");
    assert.equal(fieldOf("private"), "mode");
    assert.equal(fieldOf("192.168.1.0/24"), "subnet");
    assert.equal(fieldOf("192.168.1.1\n"), "gateway");
    assert.equal(fieldOf("192.168.1.64/27"), "ipRange");
    assert.equal(fieldOf("tv:"), "excluded.1.name");
    assert.equal(fieldOf("192.168.1.9"), "excluded.1.address");
    assert.equal(fieldOf("tv6:"), "excluded.2.name");
    assert.equal(fieldOf("fd00::9"), "excluded.2.address");
    assert.equal(fieldOf("fd00::/64"), "subnet6");
    assert.equal(fieldOf("fd00::1"), "gateway6");
    assert.equal(fieldOf("internal"), "internal");
    assert.equal(fieldOf("enable_ipv6"), "ipv6");
    assert.equal(fieldOf("busybox"), undefined);
  });
});

describe("withDriver", () => {
  it("keeps a mode that both have not, by taking the new default", () => {
    assert.equal(withDriver({ ...emptyForm, mode: "private" }, "ipvlan").mode, "l2");
    assert.equal(withDriver({ ...emptyForm, driver: "ipvlan", mode: "l3" }, "ipvlan").mode, "l3");
  });
});

/** The form with what draftOf leaves out left out already, and texts that the YAML can tell apart. */
function tidy(form: WizardForm): WizardForm {
  const v4 = (text: string) => (text.includes(":") ? "10.0.0.0/24" : text.trim());
  const v6 = (text: string) => (text.includes(":") ? text.trim() : "fd00::/64");
  const subnet = v4(form.subnet) === "" ? "10.0.0.0/24" : v4(form.subnet);
  const names = new Set<string>();
  const rows = form.excluded.flatMap(({ name, address }, index) => {
    const unique = names.has(name.trim()) || name.trim() === "" ? `row${index}` : name.trim();
    names.add(unique);
    // Integer-like names come first in an object, whatever the order was.
    if (/^\d+$/.test(unique) || address.trim() === "") return [];
    if (address.includes(":") && !form.ipv6) return [];
    return [{ name: unique, address: address.trim() }];
  });
  const isV6 = ({ address }: { address: string }) => address.includes(":");
  const excluded = [...rows.filter((row) => !isV6(row)), ...rows.filter(isV6)];
  const subnet6 = form.ipv6 ? v6(form.subnet6) : form.subnet6;
  const vlanId = form.parent.trim() === "" ? "" : form.vlanId.trim();
  const mode = form.mode.trim() === "" ? modesOf[form.driver][0] : form.mode;
  return { ...form, subnet, subnet6, excluded, vlanId, mode };
}
