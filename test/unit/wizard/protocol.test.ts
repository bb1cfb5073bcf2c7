import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { emptyForm } from "../../../src/wizard/form";
import { evaluate } from "../../../src/wizard/plan";
import { prefill } from "../../../src/wizard/prefill";
import {
  type FromPage,
  type ToPage,
  readForm,
  readFromPage,
  readToPage,
} from "../../../src/wizard/protocol";
import { home } from "./facts";

const form = { ...prefill(home), excluded: [{ name: "tv", address: "192.168.1.9" }] };
const fromPage: { [T in FromPage["type"]]: Extract<FromPage, { type: T }> } = {
  ready: { type: "ready", form },
  change: { type: "change", seq: 7, form },
  rebase: { type: "rebase", form, parent: "eth1", vlanId: "" },
  act: { type: "act", action: "create", form },
  openLanSetting: { type: "openLanSetting" },
};
const toPage: { [T in ToPage["type"]]: Extract<ToPage, { type: T }> } = {
  facts: {
    type: "facts",
    facts: { engine: "Docker Engine 28.5.2", connected: true, parents: [], composeFile: "" },
  },
  form: { type: "form", form },
  evaluation: { type: "evaluation", seq: 7, evaluation: evaluate(form, home) },
  busy: { type: "busy", action: "create", busy: true },
  outcome: { type: "outcome", action: "create", ok: true, message: "Created." },
};
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("readFromPage", () => {
  for (const message of Object.values(fromPage)) {
    it(`takes ${message.type}`, () => {
      assert.deepEqual(readFromPage(throughJson(message)), { ok: true, message });
    });
  }

  it("takes ready without a form", () => {
    assert.deepEqual(readFromPage({ type: "ready" }), { ok: true, message: { type: "ready" } });
  });

  it("passes nothing on that the contract does not have", () => {
    const reading = readFromPage({ ...fromPage.act, extra: 1, form: { ...form, extra: 1 } });
    assert.deepEqual(reading, { ok: true, message: fromPage.act });
  });

  const wrong: Record<string, unknown> = {
    "no object": 1,
    "no type": {},
    "an unknown type": { type: "eval" },
    "an unknown action": { ...fromPage.act, action: "remove" },
    "no form": { type: "act", action: "create" },
    "a form of another shape": { ...fromPage.change, form: { ...form, ipv6: "yes" } },
    "a form with a missing text": { ...fromPage.change, form: { ...form, name: undefined } },
    "an unknown driver": { ...fromPage.change, form: { ...form, driver: "bridge" } },
    "a row that is none": { ...fromPage.change, form: { ...form, excluded: [1] } },
    "a text that is too long": { ...fromPage.change, form: { ...form, name: "x".repeat(501) } },
    "too many rows": {
      ...fromPage.change,
      form: { ...form, excluded: new Array(65).fill({ name: "a", address: "b" }) },
    },
    "a sequence number that is none": { ...fromPage.change, seq: -1 },
  };
  for (const [title, message] of Object.entries(wrong)) {
    it(`drops ${title}`, () => {
      const reading = readFromPage(message);
      assert.ok(!reading.ok);
      assert.notEqual(reading.reason, "");
    });
  }

  it("survives anything", () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        readFromPage(raw);
        readToPage(raw);
      }),
    );
  });
});

describe("readToPage", () => {
  for (const message of Object.values(toPage)) {
    it(`takes ${message.type}`, () => {
      assert.deepEqual(readToPage(throughJson(message)), {
        ok: true,
        message: throughJson(message),
      });
    });
    if (message.type === "form") continue;
    it(`drops ${message.type} without its content`, () => {
      assert.equal(readToPage({ type: message.type }).ok, false);
    });
  }

  it("drops what is too long", () => {
    assert.equal(readToPage({ ...toPage.outcome, message: "x".repeat(5_000_000) }).ok, false);
  });
});

describe("readForm", () => {
  it("takes what it is given field by field", () => {
    assert.deepEqual(readForm(emptyForm), emptyForm);
    assert.equal(readForm(undefined), undefined);
  });
});
