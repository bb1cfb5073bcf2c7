import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import { setValue } from "../../../src/compose/value";

const path = "/home/user/Smart_Home/compose.yaml";

function project(text: string, options?: ConstructorParameters<typeof ComposeDocument>[2]) {
  return new ComposeDocument(path, text, options).project();
}

describe("ComposeDocument", () => {
  it("names the project and its networks as Compose does", () => {
    const text =
      "networks:\n  lan: {}\n  out: {external: true}\n  b: {name: br0}\n  c: {name: '${X}'}\n";
    assert.deepEqual(
      project(text).networks.map(({ key, realName }) => [key, realName]),
      [
        ["lan", "smart_home_lan"],
        ["out", "out"],
        ["b", "br0"],
        ["c", undefined],
      ],
    );
    assert.equal(project("name: My App!\nservices: {}\n").name, "myapp");
    assert.equal(project("name: x\n", { projectName: "given" }).name, "given");
  });

  it("attaches services as Compose does", () => {
    const text = `services:
  none: {image: a}
  empty: {networks: []}
  list: {networks: [lan, other]}
  map: {networks: {lan: {ipv4_address: 10.0.0.2}, other: null}}
  host: {network_mode: host}
  child: {extends: none}
`;
    assert.deepEqual(
      project(text).services.map(({ key, networks }) => [
        key,
        networks.map((tie) => [tie.key, tie.implicit, tie.ipv4?.text]),
      ]),
      [
        ["none", [["default", true, undefined]]],
        ["empty", [["default", true, undefined]]],
        [
          "list",
          [
            ["lan", false, undefined],
            ["other", false, undefined],
          ],
        ],
        [
          "map",
          [
            ["lan", false, "10.0.0.2"],
            ["other", false, undefined],
          ],
        ],
        ["host", []],
        ["child", [["default", true, undefined]]],
      ],
    );
  });

  it("follows anchors and merge keys, own keys first, and keeps the way there", () => {
    const text = `x-net: &net
  networks: &ties
    lan: {ipv4_address: 10.0.0.2}
x-more: &more {mac_address: "02:00:00:00:00:01", networks: {other: {}}}
services:
  a: {<<: *net}
  b: {<<: [*more, *net]}
  c:
    networks: *ties
  d:
    <<: *net
    networks: {}
`;
    const services = project(text).services;
    assert.deepEqual(
      services.map(({ key, mac, networks }) => [key, mac?.text, networks.map((tie) => tie.key)]),
      [
        ["a", undefined, ["lan"]],
        ["b", "02:00:00:00:00:01", ["other"]],
        ["c", undefined, ["lan"]],
        ["d", undefined, ["default"]],
      ],
    );
    const address = services[0]?.networks[0]?.ipv4;
    assert.ok(address);
    assert.equal(text.slice(address.place.from, address.place.to), "10.0.0.2");
    assert.deepEqual(
      address.through.map(({ from, to }) => text.slice(from, to)),
      ["*net"],
    );
  });

  it("reads ranges exactly and writes values without touching the rest", () => {
    const text = `services:\r
  a:\r
    networks:\r
      lan:\r
        ipv4_address: "\${A:-10.0.0.2}" # comment\r
`;
    const value = project(text).services[0]?.networks[0]?.ipv4;
    assert.ok(value);
    assert.equal(text.slice(value.place.from, value.place.to), '"${A:-10.0.0.2}"');
    const edit = setValue(value, "10.0.0.3");
    assert.ok(edit);
    assert.equal(
      text.slice(0, edit.from) + edit.newText + text.slice(edit.to),
      text.replace("10.0.0.2", "10.0.0.3"),
    );
  });

  it("says what Compose refuses", () => {
    const codes = (text: string) => project(text).problems.map(({ code }) => code);
    assert.deepEqual(codes("services:\n  a: {image: x}\n  a: {image: x}\n"), ["duplicate-key"]);
    assert.deepEqual(codes("services: {}\nservices: {}\n"), ["duplicate-key"]);
    assert.deepEqual(codes("services:\n  a:\n    image: x\n    image: y\n"), ["duplicate-key"]);
    assert.deepEqual(codes("services:\n  a: 'open\n"), ["syntax"]);
    assert.deepEqual(codes("services:\n  a: b: c\n"), ["syntax"]);
    assert.deepEqual(codes("services:\n  a: *none\n"), ["syntax"]);
    assert.deepEqual(codes("networks:\n  a:\n    driver_opts:\n      parent: # eth0\n"), ["type"]);
    assert.deepEqual(codes("networks:\n  a:\n    driver: macvlan\n"), []);
  });

  it("does not know templates, placeholders and unset variables", () => {
    const known = (address: string) =>
      project(`services:\n  a:\n    networks:\n      lan:\n        ipv4_address: ${address}\n`)
        .services[0]?.networks[0]?.ipv4?.known;
    for (const text of [
      "'{{ ip }}'",
      "{{ ip }}",
      "<your-ip>",
      "192.168.x.y",
      "192.168.xxx.5",
      "${IP}",
      "YOUR_IP",
    ]) {
      assert.equal(known(text), false, text);
    }
    for (const text of ["10.0.0.1", "10.0.0.999", "nonsense", "${IP:-10.0.0.1}"]) {
      assert.equal(known(text), true, text);
    }
  });

  it("reads a file with a byte-order mark, offsets as in the text", () => {
    const text = "\uFEFFservices:\n  web:\n    image: x\n";
    const service = project(text).services[0];
    assert.ok(service);
    assert.equal(text.slice(service.keyPlace.from, service.keyPlace.to), "web");
  });

  it("says where a network can be added and extended", () => {
    const text = "networks:\n    lan:   # the lan\n        driver: macvlan # ok\n\nservices: {}\n";
    const { networks, networksBody } = project(text);
    assert.ok(networksBody);
    assert.equal(
      text.slice(0, networksBody.end).split("\n").at(-1),
      "        driver: macvlan # ok",
    );
    assert.equal(networksBody.indent, 4);
    assert.equal(networks[0]?.body?.indent, 8);
    assert.equal(networks[0].body.end, networksBody.end);
    assert.equal(project("networks:\n").networksBody?.end, "networks:".length);
    assert.equal(project("services: {}\n").networksBody, undefined);
  });

  it("stops at hostile depth with a finding, quickly", () => {
    const texts = [
      "- ".repeat(50_000),
      "? ".repeat(50_000),
      "a: ".repeat(50_000),
      "&a ".repeat(50_000),
      "[".repeat(50_000),
      Array.from({ length: 1200 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      `x: &a [${Array.from({ length: 50 }, () => "*a").join(",")}]\n`,
      "services: &s\n  a: {<<: *s}\n",
    ];
    for (const text of texts) {
      const start = performance.now();
      project(text);
      assert.ok(performance.now() - start < 1500, text.slice(0, 20));
    }
    assert.equal(project("- ".repeat(50_000)).problems[0]?.code, "limit");
  });
});
