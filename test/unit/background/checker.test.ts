import assert from "node:assert/strict";
import { Checker } from "../../../src/background/checker";
import type {
  CheckedProject,
  CheckerSurroundings,
  FromChecker,
  ProjectResult,
  ToChecker,
} from "../../../src/background/protocol";
import { stack } from "../rules/workspace/workspace";

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

/** A checker, and files that it is given when it wants them. */
class Bench {
  readonly results = new Map<string, ProjectResult>();
  /** Ids of the results, in the order in which they were posted. */
  posted: string[] = [];
  asked: string[] = [];
  finished: number[] = [];
  private readonly files: Map<string, string | null | undefined>;
  private readonly wanted: string[] = [];
  /** Messages with results that are still to be answered. */
  private untaken = 0;
  private readonly checker: Checker;

  constructor(
    files: Readonly<Record<string, string>>,
    surroundings: Partial<CheckerSurroundings> = {},
  ) {
    this.files = new Map(Object.entries(files));
    this.checker = new Checker(new Map([["COMPOSE_FILE", "other.yaml"]]), (message) => {
      this.receive(message);
    });
    this.surround(surroundings);
    for (const path of this.files.keys()) {
      if (path.endsWith("/compose.yaml")) this.add({ id: folderOf(path), folder: folderOf(path) });
    }
  }

  surround(surroundings: Partial<CheckerSurroundings>): void {
    const rest = { run: { engineVersion: "28.5" }, facts: {}, show: "all" } as const;
    this.tell({ kind: "surroundings", surroundings: { ...rest, ...surroundings } });
  }

  add(project: Pick<CheckedProject, "id" | "folder" | "file">, host?: string): void {
    const path = (project.file ?? `${project.folder}/compose.yaml`).replace("/w/", "");
    this.tell({
      kind: "project",
      project: { ...project, where: { root: "/w", path, shown: path, host } },
    });
  }

  tell(message: ToChecker): void {
    this.checker.take(message);
  }

  /** Writes a file; undefined: one that cannot be read. */
  write(path: string, text: string | null | undefined): void {
    this.files.set(path, text);
    this.tell({ kind: "file", path, content: text });
  }

  open(path: string, version = 1): void {
    this.tell({ kind: "file", path, content: this.files.get(path), version });
  }

  run(): this {
    while (this.checker.step() || this.wanted.length > 0 || this.untaken > 0) {
      for (; this.untaken > 0; this.untaken--) this.tell({ kind: "taken" });
      for (const path of this.wanted.splice(0)) {
        const text = this.files.has(path) ? this.files.get(path) : null;
        this.tell({
          kind: "file",
          path,
          content: typeof text === "string" ? new TextEncoder().encode(text) : text,
        });
      }
    }
    return this;
  }

  /** Rule, host of the message's file, and place in the text of what is between projects. */
  between(id: string): string[] {
    return (this.results.get(id)?.between ?? []).map(
      ({ rule, severity, place, related }) =>
        `${rule} ${severity} ${place.path}:${place.range.startLine + 1}:${place.range.startColumn + 1}` +
        ` -> ${related.map((one) => `${one.place.path}:${one.place.range.startLine + 1}`).join()}`,
    );
  }

  own(id: string): string[] {
    return (this.results.get(id)?.own ?? []).map(
      ({ rule, place }) => `${rule} ${place.path}:${place.range.startLine + 1}`,
    );
  }

  private receive(message: FromChecker): void {
    if (message.kind === "finished") this.finished.push(message.request);
    if (message.kind === "wanted") {
      this.wanted.push(...message.paths);
      this.asked.push(...message.paths);
    }
    if (message.kind !== "results") return;
    this.untaken++;
    for (const result of message.results) {
      this.results.set(result.id, result);
      this.posted.push(result.id);
    }
  }
}

const dns = stack({ service: "dns", address: "192.168.1.5" });
const web = stack({ service: "web", address: "192.168.1.5" });
const clash = ["duplicate-address warning /w/b/compose.yaml:6:23 -> /w/a/compose.yaml:6"];

describe("background checker", () => {
  it("asks for files, and finds what is wrong between projects", () => {
    const bench = new Bench({ "/w/a/compose.yaml": dns, "/w/b/compose.yaml": web }).run();
    assert.deepEqual(bench.between("/w/b"), clash);
    assert.deepEqual(bench.between("/w/a"), [
      "duplicate-address warning /w/a/compose.yaml:6:23 -> /w/b/compose.yaml:6",
    ]);
    assert.deepEqual(
      ["/w/a", "/w/b"].map((id) => bench.results.get(id)?.between[0]?.yields),
      [false, true],
    );
    assert.equal(new Set(bench.asked).size, bench.asked.length, "asks for no file twice");
  });

  it("follows the edits of a document, and says which version it speaks of", () => {
    const bench = new Bench({ "/w/a/compose.yaml": dns, "/w/b/compose.yaml": web });
    bench.run().open("/w/b/compose.yaml", 1);
    const at = web.indexOf("192.168.1.5") + "192.168.1.".length;
    const path = "/w/b/compose.yaml";
    const { length } = web;
    const edit = (version: number, newText: string) => {
      const edits = [{ from: at, to: at + 1, newText }];
      bench.tell({ kind: "edit", path, version, edits, length });
      bench.run();
    };
    edit(2, "6");
    assert.deepEqual([bench.between("/w/a"), bench.between("/w/b")], [[], []]);
    assert.deepEqual(bench.results.get("/w/b")?.versions, { "/w/b/compose.yaml": 2 });
    edit(3, "5");
    assert.deepEqual(bench.between("/w/b"), clash);
    // Closed without saving: the text on disk counts again.
    edit(4, "6");
    bench.tell({ kind: "changed", path });
    bench.run();
    assert.deepEqual(bench.between("/w/b"), clash);
    assert.deepEqual(bench.results.get("/w/b")?.versions, {});
  });

  it("asks for a document anew when it lost track of its edits", () => {
    const path = "/w/b/compose.yaml";
    const bench = new Bench({ "/w/a/compose.yaml": dns, [path]: web });
    bench.run().open(path, 1);
    bench.run();
    bench.asked = [];
    const edits = [{ from: 0, to: 0, newText: "#" }];
    bench.tell({ kind: "edit", path, version: 2, edits, length: web.length + 5 });
    assert.deepEqual(bench.asked, [path]);
    bench.run();
    assert.deepEqual(bench.between("/w/b"), clash);
  });

  it("reads what is on its disk itself, also which folders are checkouts", () => {
    const files: Record<string, string> = {
      "/w/a/x/compose.yaml": dns,
      "/w/b/x/compose.yaml": dns,
      "/w/c/x/compose.yaml": web,
    };
    const folders = new Set(["/w/a/.git", "/w/b/.git"]);
    const results = new Map<string, ProjectResult>();
    let untaken = 0;
    const run = () => {
      while (checker.step() || untaken > 0) {
        for (; untaken > 0; untaken--) checker.take({ kind: "taken" });
      }
    };
    const checker = new Checker(
      new Map(),
      (message) => {
        assert.ok(message.kind === "results" || message.kind === "progress");
        if (message.kind === "progress") return;
        untaken++;
        for (const result of message.results) results.set(result.id, result);
      },
      {
        read: (path) => ({ text: files[path] ?? null }),
        exists: (path) => folders.has(path),
      },
    );
    checker.take({ kind: "surroundings", surroundings: { run: {}, facts: {}, show: "all" } });
    for (const name of ["a", "b", "c"]) {
      const folder = `/w/${name}/x`;
      const where = { root: "/w", path: `${name}/x/compose.yaml`, shown: name };
      checker.take({ kind: "project", project: { id: name, folder, where } });
    }
    run();
    // Of two checkouts of one file neither is told of the other.
    const related = (id: string) => results.get(id)?.between.map((one) => one.related.length);
    assert.deepEqual([related("a"), related("b"), related("c")], [[1], [1], [2]]);
    files["/w/c/x/compose.yaml"] = web.replace("1.5", "1.6");
    checker.take({ kind: "changed", path: "/w/c/x/compose.yaml" });
    run();
    assert.deepEqual([related("a"), related("c")], [[], []]);
  });

  it("says nothing anew of projects that a change does not concern", () => {
    const other = stack({ service: "tv", network: "other", address: "10.9.9.9" });
    const bench = new Bench({
      "/w/a/compose.yaml": dns,
      "/w/b/compose.yaml": web,
      "/w/c/compose.yaml": other,
    }).run();
    bench.posted = [];
    bench.write("/w/b/compose.yaml", web.replace("web", "site"));
    bench.run();
    assert.deepEqual(bench.posted.sort(), ["/w/a", "/w/b"]);
    bench.posted = [];
    bench.write("/w/b/compose.yaml", web.replace("web", "site"));
    bench.run();
    assert.deepEqual(bench.posted, []);
  });

  it("clears what a project said that is gone", () => {
    const bench = new Bench({ "/w/a/compose.yaml": dns, "/w/b/compose.yaml": web }).run();
    bench.tell({ kind: "forget", id: "/w/a" });
    bench.run();
    assert.deepEqual(bench.between("/w/b"), []);
  });

  it("shows only what is between projects with a file in an editor, unless all is wanted", () => {
    const wrong = `${web}  bad: { ipam: { config: [{ subnet: 10.0.0.1/24 }] } }\n`;
    const bench = new Bench(
      { "/w/a/compose.yaml": dns, "/w/b/compose.yaml": wrong },
      { show: "openFiles" },
    ).run();
    assert.deepEqual([bench.between("/w/a"), bench.between("/w/b")], [[], []]);
    bench.open("/w/b/compose.yaml");
    bench.run();
    assert.deepEqual([bench.between("/w/a"), bench.between("/w/b")], [[], clash]);
    assert.deepEqual(bench.own("/w/b"), []);
    bench.surround({ show: "all" });
    bench.run();
    assert.equal(bench.between("/w/a").length, 1);
    assert.deepEqual(bench.own("/w/b"), ["subnet-host-bits /w/b/compose.yaml:10"]);
  });

  it("takes a rule's severity from the settings", () => {
    const files = { "/w/a/compose.yaml": dns, "/w/b/compose.yaml": web };
    const bench = new Bench(files, { run: { overrides: { "duplicate-address": "hint" } } }).run();
    assert.deepEqual(bench.between("/w/b"), [clash[0]?.replace("warning", "hint")]);
    bench.surround({ run: { overrides: { "duplicate-address": "off" } } });
    bench.run();
    assert.deepEqual(bench.between("/w/b"), []);
  });

  it("compares projects of different hosts on the LAN only", () => {
    const bench = new Bench({ "/w/a/compose.yaml": dns, "/w/b/compose.yaml": web });
    bench.add({ id: "/w/a", folder: "/w/a" }, "nas");
    bench.add({ id: "/w/b", folder: "/w/b" }, "pi");
    bench.run();
    assert.deepEqual(bench.between("/w/b"), []);
    bench.surround({ facts: { lan: [{ subnet: "192.168.1.0/24" }] } });
    bench.run();
    assert.deepEqual(bench.between("/w/b"), clash);
    assert.match(bench.results.get("/w/b")?.between[0]?.message ?? "", /on host "nas"/);
  });

  it("counts a file that another project reads as a part of that, as long as it does", () => {
    const files = {
      "/w/compose.yaml": "include: [a/compose.yaml]\n",
      "/w/a/compose.yaml": dns,
      "/w/b/compose.yaml": web,
    };
    const bench = new Bench(files).run();
    assert.deepEqual(bench.between("/w/b"), clash);
    assert.equal(bench.results.get("/w/a")?.claims, undefined);
    bench.write("/w/compose.yaml", "services: {}\n");
    bench.run();
    assert.deepEqual(bench.between("/w/b"), clash);
    assert.equal(bench.results.get("/w/a")?.claims?.parts.length, 1);
  });

  it("takes a file by itself only while no project reads it", () => {
    const bench = new Bench({ "/w/a/compose.yaml": dns, "/w/b/stack.yaml": web });
    bench.add({ id: "/w/b/stack.yaml", folder: "/w/b", file: "/w/b/stack.yaml" });
    bench.run();
    assert.equal(bench.between("/w/a").length, 1);
    bench.write("/w/b/compose.yaml", "include: [stack.yaml]\n");
    bench.add({ id: "/w/b", folder: "/w/b" });
    bench.run();
    assert.deepEqual(bench.between("/w/b/stack.yaml"), []);
    assert.equal(bench.between("/w/b").length, 1);
  });

  it("finishes only when every file is there, also one that cannot be read", () => {
    const bench = new Bench({ "/w/a/compose.yaml": `include: [x.yaml]\n${dns}` });
    bench.write("/w/a/x.yaml", undefined);
    bench.tell({ kind: "finish", request: 7 });
    assert.deepEqual(bench.finished, []);
    bench.run();
    assert.deepEqual(bench.finished, [7]);
    assert.equal(bench.results.get("/w/a")?.claims?.parts.length, 1);
  });

  it("reads containers in pieces, for what the rules find", () => {
    const bench = new Bench({ "/w/a/compose.yaml": stack({ address: "10.7.0.5" }) });
    const lan = { id: "1", name: "lan", driver: "macvlan", ipam: [{ subnet: "10.7.0.0/24" }] };
    bench.surround({ facts: { networks: [lan] } });
    const containers = ["10.7.0.4", "10.7.0.5"].map((ipv4, index) => ({
      id: `c${index}`,
      name: `box${index}`,
      running: true,
      attachments: [{ network: "lan", ipv4, static: true }],
    }));
    for (const [index, container] of containers.entries()) {
      bench.tell({ kind: "containers", containers: [container], last: index === 1 });
    }
    bench.run();
    assert.deepEqual(bench.own("/w/a"), ["duplicate-address /w/a/compose.yaml:6"]);
  });
});
