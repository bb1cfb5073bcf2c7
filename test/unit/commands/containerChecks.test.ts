import assert from "node:assert/strict";
import { addressFields, nameObjection } from "../../../src/commands/containerChecks";

const facts = { containers: [{ id: "c", name: "web", running: true, attachments: [] }] };

describe("checks of a container to be run", () => {
  for (const name of ["", "web2", "a.b_c-d", "1a"]) {
    it(`take the name "${name}"`, () => {
      assert.equal(nameObjection(facts, name), undefined);
    });
  }
  for (const name of ["a", "-web", "we b", "web/2", "$(id)", "ü1"]) {
    it(`refuse the name "${name}" as Docker does`, () => {
      assert.match(nameObjection(facts, name)?.message ?? "", /two or more letters/);
    });
  }

  it("refuse a name that is taken", () => {
    assert.equal(nameObjection(facts, "web")?.message, "There already is a container web.");
  });

  it("put an address into the field of its family", () => {
    assert.deepEqual(addressFields("10.0.0.1"), { ipv4: "10.0.0.1" });
    assert.deepEqual(addressFields("fd00::1"), { ipv6: "fd00::1" });
    assert.deepEqual(addressFields(""), {});
  });
});
