import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import { runRules } from "../../../src/rules/run";
import { undefinedNetwork } from "../../../src/rules/undefined-network";

const text = `services:
  web:
    image: nginx
    networks: [frotnend, proxy]
networks:
  frontend:
`;

/** Severity and text of each finding for a file of that name. */
function found(path: string): string[] {
  const project = new ComposeDocument(path, text).project();
  return runRules([undefinedNetwork], project, {}).map(
    ({ place, severity }) => `${severity} ${text.slice(place.from, place.to)}`,
  );
}

describe("undefined-network and the name of the file", () => {
  for (const name of [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
    "C:\\srv\\compose.yml",
  ]) {
    it(`takes ${name} for a whole project`, () => {
      assert.deepEqual(found(name), ["error frotnend", "error proxy"]);
    });
  }

  for (const name of ["docker-compose.macvlan.yml", "services/web.yml", "my-compose.yaml"]) {
    it(`takes ${name} for a possible part of one`, () => {
      assert.deepEqual(found(name), ["information frotnend"]);
    });
  }
});
