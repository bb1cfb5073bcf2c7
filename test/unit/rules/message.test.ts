import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import type { Facts } from "../../../src/model/facts";
import { rules } from "../../../src/rules/index";
import { speakerOf } from "../../../src/rules/message";
import { runRules } from "../../../src/rules/run";

describe("the words behind a finding", () => {
  /** Rule and speaker of each finding that quotes somebody. */
  function speakers(text: string, facts: Facts = {}): string[] {
    const project = new ComposeDocument("/p/compose.yaml", text).project();
    return runRules(rules, project, facts)
      .filter(({ engineMessage }) => engineMessage !== undefined)
      .map((finding) => `${finding.rule}: ${speakerOf(finding, "28.5")}`);
  }

  it("are Compose's where Compose refuses, and the engine's where the engine does", () => {
    const names = `services:
  a: { image: x, container_name: one }
  b: { image: "x:\${TAG}", container_name: one, networks: [gone, default] }
networks:
  default: { ipam: { config: [{ subnet: 10.0.0.1/24 }] } }
  gone: { external: true }
`;
    assert.deepEqual(speakers(names, { networks: [] }), [
      "unset-variable: Compose",
      "container-name-taken: Compose",
      "subnet-host-bits: Engine 28.5",
      "external-network-missing: Compose",
    ]);
    const live = {
      networks: [
        {
          id: "1",
          name: "p_default",
          driver: "bridge",
          ipam: [],
          project: "p",
          composeKey: "default",
        },
      ],
      containers: [{ id: "2", name: "one", running: true, attachments: [] }],
    };
    assert.deepEqual(speakers("services: { a: { image: x, container_name: one } }", live), [
      "container-name-taken: Engine 28.5",
    ]);
  });
});
