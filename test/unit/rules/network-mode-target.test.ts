import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import { networkModeTarget } from "../../../src/rules/network-mode-target";
import { runRules } from "../../../src/rules/run";

const text = `services:
  web:
    image: nginx
    network_mode: service:vpn
  gateway:
    image: nginx
  torrent:
    image: nginx
    network_mode: service:gatewy
`;

function found(path: string): string[] {
  const project = new ComposeDocument(path, text).project();
  return runRules([networkModeTarget], project, {}).map(
    ({ place, severity }) => `${severity} ${text.slice(place.from, place.to)}`,
  );
}

describe("network-mode-target and the name of the file", () => {
  it("takes compose.yaml for a whole project", () => {
    assert.deepEqual(found("compose.yaml"), ["error service:vpn", "error service:gatewy"]);
  });

  it("takes another file for a possible part of one, whose other files have the service", () => {
    assert.deepEqual(found("docker-compose.vpn.yml"), ["information service:gatewy"]);
  });
});
