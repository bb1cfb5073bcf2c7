import assert from "node:assert/strict";
import { clean, useCli } from "./runCli";

describe("macvlan-check, when it cannot run", () => {
  const cli = useCli();
  const refused = (args: string[], words: RegExp) => {
    const { code, out, err } = cli.run(args);
    assert.match(err, words);
    assert.match(err, /^macvlan-check: /);
    assert.deepEqual([code, out], [2, ""]);
  };

  it("names the file or folder that is not there", () => {
    refused(["check", "nowhere.yaml"], /Cannot read nowhere\.yaml: there is no such file/);
    refused(["resolve", "nowhere.yaml"], /Cannot read nowhere\.yaml: there is no such file/);
    refused(["check", "."], /no compose file in \. or below it.*compose\.yaml/s);
    cli.write("compose.yaml", clean);
    // Node 20 reads --env-file too, and says so itself before we can.
    const { code, err } = cli.run(["check", "--env-file", "no.env", "compose.yaml"]);
    assert.match(err, /no\.env/);
    assert.notEqual(code, 0);
  });

  it("names the argument that is wrong, and the right ones", () => {
    refused([], /check, resolve or rules/);
    refused(["chek", "x"], /"chek" is not a command.*check, resolve and rules/s);
    refused(["check"], /Name the compose file or folder/);
    refused(["check", "--nonsense", "x"], /--nonsense.*--help/s);
    refused(["check", "--engine", "newest", "x"], /"newest" is not a version/);
    refused(["check", "--severity", "bad", "x"], /error, warning, information, hint/);
    refused(["check", "--rule", "no-such=off", "x"], /"no-such" is no rule/);
    refused(["check", "--rule", "no-parent", "x"], /off, error, warning, information, hint/);
    refused(["check", "--format", "xml", "x"], /text, json, sarif/);
    refused(["rules", "--format", "sarif"], /text, json/);
    refused(["resolve"], /Name the compose file or folder/);
    refused(["resolve", "--format", "text", "x"], /prints json only/);
  });

  it("says what is wrong with a facts file, all of it", () => {
    cli.write("compose.yaml", clean);
    cli.write("broken.json", '{"version": 1,');
    refused(
      ["check", "--facts", "broken.json", "compose.yaml"],
      /broken\.json is not a facts file:\s+not JSON/,
    );
    const containers = [{ name: 5, attachments: [{ network: "lan", static: "yes" }] }];
    cli.write("wrong.json", JSON.stringify({ version: 2, interfaces: {}, containers }));
    const words =
      /version is 2.*interfaces must be a list.*containers\[0\]\.name must be a text.*containers\[0\]\.attachments\[0\]\.static must be true or false/s;
    refused(["check", "--facts", "wrong.json", "compose.yaml"], words);
    refused(["check", "--facts", "none.json", "compose.yaml"], /none\.json: there is no such file/);
  });

  it("gives the place where a file that is to be resolved is broken", () => {
    cli.write("compose.yaml", "services:\n  a: [\n");
    refused(["resolve", "compose.yaml"], /compose\.yaml:\d+:\d+: /);
  });
});

describe("macvlan-check", () => {
  const cli = useCli();

  it("prints help and version", () => {
    const help = cli.run(["--help"]);
    assert.equal(help.code, 0);
    for (const word of ["check", "resolve", "rules", "--engine", "--facts", "--fix", "Exit code"]) {
      assert.ok(help.out.includes(word), word);
    }
    assert.deepEqual(cli.run(["check", "--help"]), help);
    const { code, out } = cli.run(["--version"]);
    assert.equal(code, 0);
    assert.match(out, /^\d+\.\d+\.\d+\n$/);
  });

  it("lists every rule", () => {
    const { code, out } = cli.run(["rules", "--format", "json"]);
    assert.equal(code, 0);
    const { version, rules } = JSON.parse(out) as {
      version: number;
      rules: { id: string; severity: string; summary: string; doc: string; hasFix: boolean }[];
    };
    assert.equal(version, 1);
    const rule = rules.find(({ id }) => id === "duplicate-address");
    assert.equal(rule?.severity, "error");
    assert.equal(rule.doc, "docs/rules/duplicate-address.md");
    assert.equal(rule.hasFix, true);
    const text = cli.run(["rules"]).out;
    assert.equal(text.trim().split("\n").length, rules.length);
    for (const { id, summary } of rules) assert.ok(text.includes(id) && text.includes(summary), id);
  });
});
