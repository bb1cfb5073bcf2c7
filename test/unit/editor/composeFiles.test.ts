import assert from "node:assert/strict";
import { isComposeFile } from "../../../src/editor/composeFiles";

const is = (path: string, languageId = "yaml", scheme = "file") =>
  isComposeFile({ scheme, path, languageId });

describe("compose files", () => {
  it("are known by their names, in any language", () => {
    for (const name of [
      "compose.yaml",
      "compose.yml",
      "compose.override.yml",
      "compose.prod.lan.yaml",
      "docker-compose.yml",
      "docker-compose.yaml",
      "docker-compose-vlan.yml",
      "docker-compose.macvlan.yaml",
    ]) {
      assert.ok(is(`/a/${name}`), name);
      assert.ok(is(`/a/${name}`, "plaintext"), name);
    }
  });

  it("are not other YAML files", () => {
    for (const name of [
      "values.yaml",
      "compose.json",
      "mycompose.yaml",
      "compose/x.yaml",
      "compose-x.yml",
    ]) {
      assert.ok(!is(`/a/${name}`), name);
    }
  });

  it("are those that have the language, whatever the name", () => {
    assert.ok(is("/a/stack.yml", "dockercompose"));
    assert.ok(is("Untitled-1", "dockercompose", "untitled"));
    assert.ok(!is("Untitled-1", "yaml", "untitled"));
  });

  it("are only where people edit", () => {
    assert.ok(is("/a/compose.yaml", "yaml", "vscode-vfs"));
    assert.ok(!is("/a/compose.yaml", "dockercompose", "git"));
    assert.ok(!is("/a/compose.yaml", "dockercompose", "macvlan"));
  });
});
