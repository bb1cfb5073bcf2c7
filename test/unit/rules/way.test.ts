import assert from "node:assert/strict";
import { ProjectLoader } from "../../../src/compose/projectLoader";
import { addressOutsideSubnet } from "../../../src/rules/address-outside-subnet";
import { runRules } from "../../../src/rules/run";

const networks = "networks:\n  lan:\n    ipam: {config: [{subnet: 192.168.1.0/24}]}\n";

/** File and text of the finding's place, then of each related place, with its message. */
function wayIn(files: Readonly<Record<string, string>>): string[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/srv/demo/${name}`, text]));
  const loader = new ProjectLoader(
    { read: (path) => texts.get(path) ?? null },
    { folder: "/srv/demo", environment: new Map() },
  );
  const findings = runRules([addressOutsideSubnet], loader.project(), {});
  return findings.flatMap(({ place, related = [] }) =>
    [{ place, message: "" }, ...related].map(({ place: { path, from, to }, message }) => {
      const text = texts.get(path)?.slice(from, to) ?? "";
      return `${path.slice("/srv/demo/".length)} ${text.split("\n")[0] ?? ""} ${message}`.trim();
    }),
  );
}

/** Without the place of the subnet, which the rule itself tells. */
const steps = (files: Readonly<Record<string, string>>) =>
  wayIn(files).filter((line) => !line.includes("192.168.1.0/24"));

describe("the way to what a finding is about", () => {
  it("leads through an alias", () => {
    const text = `x-address: &address 10.0.0.9
services:
  web: {image: x, networks: {lan: {ipv4_address: *address}}}
${networks}`;
    assert.deepEqual(steps({ "compose.yaml": text }), [
      "compose.yaml 10.0.0.9",
      "compose.yaml *address An alias brings it in here.",
    ]);
  });

  it("leads through a merge key", () => {
    const text = `x-tie: &tie {ipv4_address: 10.0.0.9}
services:
  web: {image: x, networks: {lan: {<<: *tie}}}
${networks}`;
    assert.deepEqual(steps({ "compose.yaml": text }), [
      "compose.yaml 10.0.0.9",
      "compose.yaml *tie An alias brings it in here.",
    ]);
  });

  it("leads through a file that is extended", () => {
    const files = {
      "compose.yaml": `services:\n  web: {extends: {file: base.yaml, service: web}}\n${networks}`,
      "base.yaml": "services:\n  web: {image: x, networks: {lan: {ipv4_address: 10.0.0.9}}}\n",
    };
    const [own, extended] = steps(files);
    assert.equal(own, "base.yaml 10.0.0.9");
    assert.equal(extended, "compose.yaml {file: base.yaml, service: web} It is extended here.");
  });

  it("leads through include", () => {
    const files = {
      "compose.yaml": "include: [part.yaml]\n",
      "part.yaml": `services:\n  web: {image: x, networks: {lan: {ipv4_address: 10.0.0.9}}}\n${networks}`,
    };
    assert.deepEqual(steps(files), [
      "part.yaml 10.0.0.9",
      "compose.yaml part.yaml The file is included here.",
    ]);
  });

  it("leads from an override to what it is put onto", () => {
    const files = {
      "compose.yaml": `services:\n  web: {image: x, networks: [lan]}\n${networks}`,
      "compose.override.yaml": "services:\n  web: {networks: {lan: {ipv4_address: 10.0.0.9}}}\n",
    };
    assert.deepEqual(steps(files), [
      "compose.override.yaml 10.0.0.9",
      'compose.yaml web "web" is declared here, and the other file put onto it.',
    ]);
  });
});
