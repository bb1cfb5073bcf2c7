import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Change, type Step, commandOf, inverseOf } from "../../../src/changes/change";
import { changeText, leftText } from "../../../src/changes/planText";
import { lan } from "./situations";

/** Names that a network may have in Docker, and what labels and aliases may hold. */
const hostile = [
  "a b",
  "it's",
  '"quoted"',
  "$(touch canary)",
  "`touch canary`",
  "; touch canary;",
  "x\ntouch canary\n#",
  "x\rtouch canary",
  "x\u2028touch canary",
  "--help",
  "-o",
  "*",
  "~",
  "\\",
  "!!",
  "#",
];

function changeOf(name: string): Change {
  const network = { name };
  const container = { id: "c1", name };
  const endpoint = { ipv4: "192.168.1.20", aliases: [name], driverOpts: { [name]: name } };
  const settings = { ...lan, name, labels: { note: name }, options: { parent: name } };
  const run = { image: name, name, networkName: name, ipv4: "192.168.1.21", command: [name] };
  const steps: Step[] = [
    { kind: "disconnect", network, container, endpoint },
    { kind: "removeNetwork", settings },
    { kind: "createNetwork", settings },
    { kind: "connect", network, container, endpoint },
    { kind: "createContainer", run, network },
    { kind: "startContainer", run, network },
  ];
  return { title: `recreate network ${name}`, steps, goal: steps, notes: [`About ${name}.`] };
}

/** Runs the text in a shell whose `docker` writes down its arguments; gives them, one list a call. */
function runInShell(text: string): string[][] {
  const folder = mkdtempSync(join(tmpdir(), "macvlan-plan-"));
  try {
    const calls = join(folder, "calls");
    const script = `docker() { printf '%s\\0' docker "$@" >> '${calls}'; printf '\\0\\0' >> '${calls}'; }\n${text}`;
    execFileSync("sh", ["-c", script], { cwd: folder });
    assert.equal(existsSync(join(folder, "canary")), false, "something of the text was run");
    const written = readFileSync(calls, "utf8");
    return written
      .split("\0\0\0")
      .filter((call) => call !== "")
      .map((call) => call.split("\0"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the text of a plan", () => {
  for (const name of hostile) {
    it(`runs the commands of its steps and nothing else: ${JSON.stringify(name)}`, () => {
      const change = changeOf(name);
      assert.deepEqual(runInShell(changeText(change)), change.steps.map(commandOf));
    });

    it(`that is left over does so too: ${JSON.stringify(name)}`, () => {
      const change = changeOf(name);
      const left = change.steps.flatMap((step) => {
        const inverse = inverseOf(step);
        return inverse ? [{ step: inverse, error: undefined }] : [];
      });
      const problems = left.map(() => `Docker says: ${name}`);
      assert.deepEqual(
        runInShell(leftText(change, left, problems)),
        left.map(({ step }) => commandOf(step)),
      );
    });
  }

  it("reads as what happens, what to know and the way back", () => {
    const text = changeText({ ...changeOf("lan"), title: "recreate network lan" });
    assert.match(text, /^# Recreate network lan\n# Step by step/);
    assert.match(text, /^# 1\. Disconnect lan from lan\ndocker network disconnect lan lan$/m);
    assert.match(text, /^# - About lan\.$/m);
    assert.match(text, /^# {3}docker network rm lan$/m);
  });
});
