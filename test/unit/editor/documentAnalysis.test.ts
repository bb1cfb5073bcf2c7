import assert from "node:assert/strict";
import { type Surroundings, DocumentAnalysis } from "../../../src/editor/documentAnalysis";
import { rules } from "../../../src/rules/index";
import { clean, duplicate } from "../cli/runCli";

const surroundings: Surroundings = { rules, facts: {}, run: { engineVersion: "28.5" } };
const path = "file:///app/compose.yaml";
const dotenv = "file:///app/.env";

/** Files by path, as of now. */
function analysisOf(files: Map<string, string>, opened = path, environment = {}) {
  const access = { read: (file: string) => files.get(file) ?? null };
  return new DocumentAnalysis(opened, access, new Map(Object.entries(environment)));
}
const open = (text: string) => analysisOf(new Map([[path, text]]));
const found = (state: DocumentAnalysis, around = surroundings) =>
  state.analysis(around).findings.map(({ rule }) => rule);

describe("analysis of a document", () => {
  it("follows edits", () => {
    const state = open(duplicate);
    assert.deepEqual(found(state), ["duplicate-address"]);
    const end = duplicate.lastIndexOf("192.168.7.10") + "192.168.7.10".length;
    found(state);
    state.edit(path, [{ from: end - 1, to: end, newText: "1" }]);
    assert.equal(state.text, clean);
    assert.deepEqual(found(state), []);
    state.replace(path, duplicate);
    assert.deepEqual(found(state), ["duplicate-address"]);
  });

  it("is worked out once for each text and surroundings", () => {
    const state = open(duplicate);
    const first = state.analysis(surroundings);
    assert.equal(state.analysis(surroundings), first);
    assert.equal(state.known, first);
    const other = { ...surroundings, run: { overrides: { "duplicate-address": "off" } } } as const;
    assert.deepEqual(found(state, other), []);
    state.edit(path, []);
    assert.equal(state.known, undefined);
  });

  it("names the engine in force: the one asked for, else the engine, else the newest", () => {
    const facts = { engine: { version: "25.0.3" } };
    const version = (around: Surroundings) => open(clean).analysis(around).engineVersion;
    assert.equal(version({ rules, facts, run: { engineVersion: "28.5" } }), "28.5");
    assert.equal(version({ rules, facts, run: {} }), "25.0.3");
    assert.match(version({ rules, facts: {}, run: {} }), /^\d+\.\d+$/);
  });

  it("reads variables and profiles from .env, and again when it changed", () => {
    const text = duplicate.replace("192.168.7.10\nnetworks", "${IP:-192.168.7.10}\nnetworks");
    const files = new Map([
      [path, text],
      [dotenv, "IP=192.168.7.99\n"],
    ]);
    const state = analysisOf(files);
    assert.deepEqual(found(state), []);
    assert.ok(state.dependsOn(dotenv));
    files.delete(dotenv);
    state.invalidate(dotenv);
    assert.deepEqual(found(state), ["duplicate-address"]);
    files.set(dotenv, "IP=192.168.7.10");
    state.invalidate(dotenv);
    assert.deepEqual(found(state), ["duplicate-address"]);
    assert.deepEqual(found(analysisOf(files, path, { IP: "192.168.7.50" })), []);
    const profiled = new Map([
      [path, duplicate.replace("  dns:\n", "  dns:\n    profiles: [x]\n")],
      [dotenv, "COMPOSE_PROFILES=x"],
    ]);
    assert.deepEqual(found(analysisOf(profiled)), ["duplicate-address"]);
  });

  const override = "file:///app/compose.override.yaml";
  const common = "file:///app/sub/common.yaml";

  it("takes the file as part of its project, and has the findings where they are", () => {
    const files = new Map([
      [path, clean],
      [override, "services: {dns: {networks: {lan: {ipv4_address: 192.168.7.10}}}}\n"],
    ]);
    for (const opened of [path, override]) {
      const findings = analysisOf(files, opened).analysis(surroundings).findings;
      assert.deepEqual(
        findings.map(({ rule, place }) => [rule, place.path]),
        [["duplicate-address", override]],
        opened,
      );
    }
  });

  it("follows edits of every file of the project", () => {
    const files = new Map([
      [path, clean],
      [override, "services: {dns: {networks: {lan: {ipv4_address: 192.168.7.1}}}}\n"],
    ]);
    const state = analysisOf(files);
    assert.deepEqual(found(state), ["address-reserved"]);
    const at = files.get(override)?.indexOf("1}") ?? 0;
    state.edit(override, [{ from: at, to: at + 1, newText: "10" }]);
    assert.deepEqual(found(state), ["duplicate-address"]);
    files.delete(override);
    state.invalidate(override);
    assert.deepEqual(found(state), []);
    assert.ok(state.dependsOn(override), "it may come back");
    assert.ok(!state.dependsOn(common));
  });

  it("finds the project that a file of another name is a part of", () => {
    const tie = "{image: x, networks: {lan: {ipv4_address: 192.168.7.10}}}";
    const files = new Map([
      [path, `${clean}include: [sub/common.yaml]\n`],
      [common, `services: {more: ${tie}}\n`],
    ]);
    const state = analysisOf(files, common);
    assert.deepEqual(found(state), ["duplicate-address"]);
    // By itself it says nothing of the network: another file declares it.
    files.set(path, clean);
    state.invalidate(path);
    assert.deepEqual(found(state), []);
    assert.equal(state.text, files.get(common));
  });

  it("says nothing before all files are known, and which are wanted", () => {
    const other = "file:///app/other.yaml";
    const main = "include: [other.yaml]\nservices: {a: {image: x, networks: [lan]}}\n";
    const foundWith = (text: string) => {
      const known = new Map<string, string | null>([[path, main]]);
      const state = new DocumentAnalysis(path, { read: (file) => known.get(file) }, new Map());
      assert.deepEqual(found(state), []);
      for (let round = 0; state.wanted.size > 0; round++) {
        assert.ok(round < 4);
        for (const wanted of state.wanted) {
          known.set(wanted, wanted === other ? text : null);
          state.invalidate(wanted);
        }
      }
      return found(state);
    };
    assert.deepEqual(foundWith("networks: {lan: }\n"), []);
    assert.deepEqual(foundWith("networks: {wan: }\n"), ["undefined-network"]);
  });
});
