import assert from "node:assert/strict";
import { analyse } from "../../hostile/analyse";
import { hostileProjects } from "../../hostile/projects";

/** A tenth of what `npm run hostile` takes, once: nothing throws, and a finding says where it stops. */
describe("projects that are made to hurt", () => {
  for (const project of hostileProjects(0.1)) {
    it(project.name, () => {
      assert.equal(analyse(project), undefined);
    }).timeout(30_000);
  }
});
