import assert from "node:assert/strict";
import { ProjectLoader } from "../../../src/compose/projectLoader";

const text = "services:\n  a:\n    image: x\n    env_file: no.env\n";

/** The names of the absent files as they stand in the text, with where they were looked for. */
function absent(loader: ProjectLoader, main: string): string[] {
  return loader
    .project()
    .absentFiles.map(
      ({ place, path }) => `${loader.file(main)?.text.slice(place.from, place.to)} ${path}`,
    );
}

function loaderIn(folder: string, files: Map<string, string | null>): ProjectLoader {
  return new ProjectLoader({ read: (path) => files.get(path) }, { folder, environment: new Map() });
}

describe("files that services need", () => {
  const main = "/srv/compose.yaml";

  it("are absent only where somebody looked", () => {
    const files = new Map<string, string | null>([[main, text]]);
    const loader = loaderIn("/srv", files);
    assert.deepEqual(absent(loader, main), []);
    assert.ok(loader.wanted.has("/srv/no.env"));
    files.set("/srv/no.env", null);
    loader.invalidate("/srv/no.env");
    assert.deepEqual(absent(loader, main), ["no.env /srv/no.env"]);
    files.set("/srv/no.env", "A=b\n");
    loader.invalidate("/srv/no.env");
    assert.deepEqual(absent(loader, main), []);
  });

  it("are read where they are, and what Compose cannot read is told in them", () => {
    const env = "/srv/no.env";
    const files = new Map<string, string | null>([
      [main, text],
      [env, "A=1\nB='2\n"],
    ]);
    const loader = loaderIn("/srv", files);
    const [problem, other] = loader.project().problems;
    assert.equal(other, undefined);
    assert.equal(
      problem?.composeMessage,
      "failed to read /srv/no.env: line 3: unterminated quoted value '2",
    );
    assert.deepEqual(problem.place, { path: env, from: 4, to: 8 });
    files.set(env, "A=1\nB='2'\n");
    loader.invalidate(env);
    assert.deepEqual(loader.project().problems, []);
  });

  it("are not asked for where it can be told that they are not there", () => {
    const read: string[] = [];
    const loader = new ProjectLoader(
      {
        read: (path) => {
          read.push(path);
          return path === main ? text : null;
        },
        exists: () => false,
      },
      { folder: "/srv", environment: new Map() },
    );
    assert.deepEqual(absent(loader, main), ["no.env /srv/no.env"]);
    assert.ok(!read.includes("/srv/no.env"));
  });

  it("are found where they stand after each edit, also of their own service", () => {
    const files = new Map<string, string | null>([
      [main, text],
      ["/srv/no.env", null],
      ["/srv/now.env", null],
    ]);
    const loader = loaderIn("/srv", files);
    assert.deepEqual(absent(loader, main), ["no.env /srv/no.env"]);
    const at = text.indexOf("x\n") + 1;
    loader.edit(main, [{ from: at, to: at, newText: "yz" }]);
    assert.deepEqual(absent(loader, main), ["no.env /srv/no.env"]);
    const name = text.indexOf(".env\n") + 2;
    loader.edit(main, [{ from: name, to: name, newText: "w" }]);
    assert.deepEqual(absent(loader, main), ["now.env /srv/now.env"]);
  });

  it("are left alone where only what is committed can be seen", () => {
    for (const [folder, expected] of [
      ["file:///srv", 1],
      ["vscode-remote://ssh-remote+nas/srv", 1],
      ["vscode-vfs://github/owner/name", 0],
    ] as const) {
      const files = new Map([
        [`${folder}/compose.yaml`, text],
        [`${folder}/no.env`, null],
      ]);
      assert.equal(loaderIn(folder, files).project().absentFiles.length, expected, folder);
    }
  });

  it("are left alone in a file that two folders read in their own ways", () => {
    const files = new Map<string, string | null>([
      [
        "/srv/compose.yaml",
        "include: [{ path: a/b.yaml, project_directory: c }]\nservices: { s: { extends: { file: a/b.yaml, service: a } } }\n",
      ],
      ["/srv/a/b.yaml", text],
      ["/srv/a/no.env", null],
      ["/srv/c/no.env", null],
    ]);
    assert.deepEqual(loaderIn("/srv", files).project().absentFiles, []);
  });
});
