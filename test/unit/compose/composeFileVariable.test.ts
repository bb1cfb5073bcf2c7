import assert from "node:assert/strict";
import { setsComposeFile } from "../../../src/compose/composeFileVariable";

describe("an env file that says which files a project has", () => {
  for (const text of [
    "COMPOSE_FILE=a.yml:b.yml",
    "TZ=UTC\r\nexport COMPOSE_FILE = a.yml\r\n",
    "COMPOSE_FILE: a.yml",
  ]) {
    it(`is told: ${JSON.stringify(text)}`, () => {
      assert.equal(setsComposeFile(text), true);
    });
  }
  for (const text of [
    "# COMPOSE_FILE=a.yml",
    "MY_COMPOSE_FILE=a.yml",
    "COMPOSE_FILE=\nTZ=UTC",
    "",
  ]) {
    it(`is not: ${JSON.stringify(text)}`, () => {
      assert.equal(setsComposeFile(text), false);
    });
  }
});
