import assert from "node:assert/strict";
import {
  type Surroundings,
  DocumentAnalysis,
  composeOptions,
} from "../../../src/editor/documentAnalysis";
import { rules } from "../../../src/rules/index";
import { clean, duplicate } from "../cli/runCli";

const surroundings: Surroundings = { rules, facts: {}, run: { engineVersion: "28.5" } };
const open = (text: string, dotenv?: string) =>
  new DocumentAnalysis("file:///app/compose.yaml", text, composeOptions({}, dotenv));
const found = (state: DocumentAnalysis, around = surroundings) =>
  state.analysis(around).findings.map(({ rule }) => rule);

describe("analysis of a document", () => {
  it("follows edits", () => {
    const state = open(duplicate);
    assert.deepEqual(found(state), ["duplicate-address"]);
    const end = duplicate.lastIndexOf("192.168.7.10") + "192.168.7.10".length;
    state.edit([{ from: end - 1, to: end, newText: "1" }]);
    assert.equal(state.text, clean);
    assert.deepEqual(found(state), []);
    state.replace(duplicate);
    assert.deepEqual(found(state), ["duplicate-address"]);
  });

  it("is worked out once for each text and surroundings", () => {
    const state = open(duplicate);
    const first = state.analysis(surroundings);
    assert.equal(state.analysis(surroundings), first);
    assert.equal(state.known, first);
    const other = { ...surroundings, run: { overrides: { "duplicate-address": "off" } } } as const;
    assert.deepEqual(found(state, other), []);
    state.edit([]);
    assert.equal(state.known, undefined);
  });

  it("names the engine in force: the setting, else the engine, else the newest", () => {
    const facts = { engine: { version: "25.0.3" } };
    const version = (around: Surroundings) => open(clean).analysis(around).engineVersion;
    assert.equal(version({ rules, facts, run: { engineVersion: "28.5" } }), "28.5");
    assert.equal(version({ rules, facts, run: {} }), "25.0.3");
    assert.match(version({ rules, facts: {}, run: {} }), /^\d+\.\d+$/);
  });

  it("reads variables and profiles from .env, and again when it changed", () => {
    const text = duplicate.replace("192.168.7.10\nnetworks", "${IP:-192.168.7.10}\nnetworks");
    const state = open(text, "IP=192.168.7.99\n");
    assert.deepEqual(found(state), []);
    state.setOptions(composeOptions({}, undefined));
    assert.deepEqual(found(state), ["duplicate-address"]);
    state.setOptions(composeOptions({ IP: "192.168.7.50" }, "IP=192.168.7.10"));
    assert.deepEqual(found(state), []);
    const profiled = open(
      duplicate.replace("  dns:\n", "  dns:\n    profiles: [x]\n"),
      "COMPOSE_PROFILES=x",
    );
    assert.deepEqual(found(profiled), ["duplicate-address"]);
  });
});
