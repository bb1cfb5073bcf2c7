import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { ComposeDocument } from "../../../src/compose/document";
import { applyEdits } from "../../../src/compose/edits";
import { insertNetwork } from "../../../src/compose/insertNetwork";
import { yamlScalar } from "../../../src/compose/networkYaml";
import type { NetworkSpec } from "../../../src/model/network";

const lan: NetworkSpec = {
  name: "lan",
  driver: "macvlan",
  parent: "eth0.10",
  mode: "private",
  internal: false,
  enableIpv6: true,
  pools: [
    {
      subnet: "192.168.1.0/24",
      gateway: "192.168.1.1",
      ipRange: "192.168.1.192/27",
      aux: { printer: "192.168.1.5" },
    },
    { subnet: "fd00::/64" },
  ],
};
/** What `lan` means to Compose. */
const meaning = {
  name: "lan",
  driver: "macvlan",
  driver_opts: { parent: "eth0.10", macvlan_mode: "private" },
  enable_ipv6: true,
  ipam: {
    config: [
      {
        subnet: "192.168.1.0/24",
        gateway: "192.168.1.1",
        ip_range: "192.168.1.192/27",
        aux_addresses: { printer: "192.168.1.5" },
      },
      { subnet: "fd00::/64" },
    ],
  },
};

function insert(text: string, spec = lan): string {
  const project = new ComposeDocument("/srv/dns/compose.yaml", text).project();
  const insertion = insertNetwork(text, project, spec);
  assert.ok(insertion.kind === "edit", JSON.stringify(insertion));
  const result = applyEdits(text, [insertion.edit]);
  assert.match(result.slice(insertion.offset), new RegExp(`^ *"?${insertion.key}"?:`));
  return result;
}

function refusal(text: string): string {
  const project = new ComposeDocument("/srv/dns/compose.yaml", text).project();
  const insertion = insertNetwork(text, project, lan);
  assert.ok(insertion.kind === "refused");
  return insertion.reason;
}

/** Everything of the old text is still there, in order, around one inserted stretch. */
function assertOnlyAdded(before: string, after: string): void {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head++;
  assert.equal(after.slice(after.length - (before.length - head)), before.slice(head));
}

describe("insertNetwork", () => {
  const service = "services:\n  web:\n    image: nginx\n";

  it("adds the block at the end of a file that has none", () => {
    const after = insert(service);
    assertOnlyAdded(service, after);
    assert.equal(
      after,
      `${service}
networks:
  lan:
    name: lan
    driver: macvlan
    driver_opts:
      parent: eth0.10
      macvlan_mode: private
    enable_ipv6: true
    ipam:
      config:
        - subnet: 192.168.1.0/24
          gateway: 192.168.1.1
          ip_range: 192.168.1.192/27
          aux_addresses:
            printer: 192.168.1.5
        - subnet: fd00::/64
`,
    );
  });

  const files: Record<string, string> = {
    "no line break at the end": service.trimEnd(),
    "blank lines at the end": `${service}\n\n`,
    "an empty file": "",
    "only a comment": "# my stack\n",
    "networks in the middle": `networks:\n  a:\n    driver: bridge\n\n# here be services\n${service}`,
    "networks at the end without a line break": `${service}networks:\n  a: {}`,
    "four blanks":
      "services:\n    web:\n        image: nginx\nnetworks:\n    a:\n        driver: bridge\n",
    "CR LF": service.replaceAll("\n", "\r\n"),
    "CR LF with networks": `networks:\r\n  a: {}\r\n${service.replaceAll("\n", "\r\n")}`,
    "a comment below the last network": `networks:\n  a: {}\n  # b: {}\n\n${service}`,
    "networks without a value": `networks:\n${service}`,
    "networks without a value at the end": `${service}networks:`,
    "networks without a value, with a comment": `networks: # mine\n${service}`,
    "a quoted key": `"networks":\n  a: {}\n${service}`,
  };
  for (const [title, text] of Object.entries(files)) {
    it(`keeps every other byte: ${title}`, () => {
      const after = insert(text);
      assertOnlyAdded(text, after);
      const before = (parse(text) ?? {}) as Record<string, unknown>;
      const old = (before["networks"] ?? {}) as Record<string, unknown>;
      assert.deepEqual(parse(after), { ...before, networks: { ...old, lan: meaning } });
      if (text.includes("\r\n")) assert.doesNotMatch(after, /[^\r]\n/);
    });
  }

  it("replaces an empty mapping", () => {
    assert.deepEqual(parse(insert(`networks: {} # none yet\n${service}`)), {
      networks: { lan: meaning },
      services: { web: { image: "nginx" } },
    });
    assert.match(insert(`networks: {} # none yet\n`), /^networks: # none yet\n {2}lan:\n/);
  });

  it("refuses braces with content, and an alias", () => {
    assert.match(refusal("networks: {a: {}}\n"), /braces/);
    assert.match(refusal("x-n: &n\n  a: {}\nnetworks: *n\n"), /alias/);
  });

  it("refuses a name that the file already makes", () => {
    assert.match(refusal("networks:\n  home:\n    name: lan\n"), /already has a network named lan/);
  });

  it("numbers a key that is taken by another network", () => {
    const after = parse(insert("networks:\n  lan:\n    driver: bridge\n")) as {
      networks: Record<string, unknown>;
    };
    assert.deepEqual(Object.keys(after.networks), ["lan", "lan-2"]);
    assert.deepEqual(after.networks["lan-2"], meaning);
  });

  it("says the same to our own reader", () => {
    const project = new ComposeDocument("/srv/dns/compose.yaml", insert(service)).project();
    assert.deepEqual(project.problems, []);
    const network = project.networks[0];
    assert.equal(network?.realName, "lan");
    assert.equal(network.ipam[0]?.ipRange?.text, "192.168.1.192/27");
  });
});

describe("yamlScalar", () => {
  const texts = [
    "lan",
    "192.168.1.0/24",
    "fd00::",
    "fd00::/64",
    "on",
    "No",
    "null",
    "~",
    "1",
    "010",
  ];
  texts.push(
    "1e3",
    "1.5",
    "0x1f",
    "12:30",
    "2024-01-01",
    "",
    " a ",
    "a: b",
    "a #b",
    "- a",
    "*a",
    "&a",
  );
  texts.push(
    "!a",
    "a'b",
    'a"b',
    "a\\b",
    "a\nb",
    "\u2028",
    "\u0085",
    "\u0000",
    "{",
    "@a",
    "%",
    "é",
    "=",
  );
  for (const text of texts) {
    it(`keeps ${JSON.stringify(text)} a string`, () => {
      assert.deepEqual(parse(`a: ${yamlScalar(text)}`, { version: "1.2" }), { a: text });
      assert.deepEqual(parse(`a: ${yamlScalar(text)}`, { version: "1.1" }), { a: text });
    });
  }

  it("doubles the dollar, which Compose takes for a variable", () => {
    assert.equal(yamlScalar("$HOME"), '"$$HOME"');
  });
});
