import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { evaluate } from "../../../src/wizard/plan";
import { prefill } from "../../../src/wizard/prefill";
import {
  type TextQuestion,
  formatExcluded,
  modeChoices,
  parseExcluded,
  questions,
  worstProblem,
} from "../../../src/wizard/quickSteps";
import { readStart, startForm } from "../../../src/wizard/start";
import { home } from "./facts";

const texts = questions.filter((question): question is TextQuestion => question.kind === "text");
const asking = (word: string): TextQuestion => {
  const found = texts.find(({ prompt }) => prompt.includes(word));
  assert.ok(found, word);
  return found;
};

describe("the questions of Quick Create", () => {
  it("begin each with what is prefilled, and leave it so when it is accepted", () => {
    const form = prefill(home);
    for (const question of texts) {
      assert.deepEqual(question.answer(form, question.value(form), home), form, question.prompt);
    }
  });

  it("show the problem of their own field only", () => {
    const form = { ...prefill(home), subnet: "192.168.1.110/24", name: "-" };
    const judged = evaluate(form, home);
    assert.match(worstProblem(asking("Subnet of"), judged)?.message ?? "", /192\.168\.1\.110/);
    assert.match(worstProblem(asking("Name of"), judged)?.message ?? "", /letters/);
    assert.equal(worstProblem(asking("LAN's router"), judged), undefined);
  });

  it("read excluded addresses as pairs, and write them back", () => {
    const rows = parseExcluded("printer=192.168.1.5,  192.168.1.6 nas=fd00::1");
    assert.deepEqual(rows, [
      { name: "printer", address: "192.168.1.5" },
      { name: "", address: "192.168.1.6" },
      { name: "nas", address: "fd00::1" },
    ]);
    assert.deepEqual(parseExcluded(formatExcluded(rows)), rows);
    assert.deepEqual(parseExcluded("  "), []);
  });

  it("switch IPv6 on and off by its subnet", () => {
    const question = asking("IPv6");
    const on = question.answer(prefill(home), "fd00::/64", home);
    assert.deepEqual([on.ipv6, on.subnet6], [true, "fd00::/64"]);
    assert.equal(question.answer(on, "", home).ipv6, false);
  });

  it("offer every mode of both drivers, the usual one first", () => {
    assert.deepEqual(modeChoices[0], { driver: "macvlan", mode: "bridge" });
    assert.equal(modeChoices.length, 7);
  });
});

describe("readStart", () => {
  it("takes an interface of the tree, or a prefill, and nothing else", () => {
    assert.deepEqual(readStart({ kind: "interface", name: "eth0", label: "x" }), {
      parent: "eth0",
    });
    assert.deepEqual(readStart({ parent: "eth0", vlanId: "10", driver: "ipvlan" }), {
      parent: "eth0",
      vlanId: "10",
      driver: "ipvlan",
    });
    for (const other of [undefined, null, 1, "eth0", [], { parent: 1, driver: "bridge" }]) {
      assert.deepEqual(readStart(other), {});
    }
  });

  it("begins with the driver's own default mode", () => {
    const form = startForm({ parent: "eth0", driver: "ipvlan" }, home);
    assert.deepEqual([form.driver, form.mode, form.subnet], ["ipvlan", "l2", "192.168.1.0/24"]);
  });
});
