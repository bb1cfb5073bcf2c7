import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { clean, duplicate, useCli } from "./runCli";

interface Position {
  line: number;
  column: number;
}
interface Span {
  path: string;
  start: Position;
  end: Position;
}
interface Finding extends Span {
  rule: string;
  severity: string;
  message: string;
  related: (Span & { message: string })[];
  fixes: { title: string; preferred: boolean; edits: (Span & { newText: string })[] }[];
}
interface Report {
  version: number;
  engine: string;
  findings: Finding[];
}

describe("macvlan-check check", () => {
  const cli = useCli();
  const report = (args: string[], env?: Record<string, string>) => {
    const { code, out, err } = cli.run(["check", "--format", "json", ...args], env);
    assert.equal(err, "");
    return { code, ...(JSON.parse(out) as Report) };
  };

  it("ends with 0 and says so where nothing is wrong", () => {
    cli.write("compose.yaml", clean);
    const { code, out, err } = cli.run(["check", "--engine", "28.5", "compose.yaml"]);
    assert.equal(err, "");
    assert.equal(out, "No problems in 1 file, checked against Engine 28.5.\n");
    assert.equal(code, 0);
  });

  it("ends with 1 on errors and shows them with place, rule, the engine's words and the other place", () => {
    cli.write("compose.yaml", duplicate);
    const { code, out } = cli.run(["check", "--engine", "28.5", "compose.yaml"]);
    const [first = "", second = "", third = "", ...rest] = out.split("\n");
    assert.match(
      first,
      /^compose\.yaml:11:23 {2}error {2}.*192\.168\.7\.10.* {2}\[duplicate-address\]$/,
    );
    assert.match(second, /^ {4}Engine 28\.5 says: .*Address already in use$/);
    assert.match(third, /^ {4}compose\.yaml:6:23 {2}./);
    assert.deepEqual(rest, ["", "1 error in 1 file, checked against Engine 28.5.", ""]);
    assert.equal(code, 1);
  });

  it("prints JSON with lines and columns from 1, related places and fixes", () => {
    cli.write("compose.yaml", duplicate);
    const { code, version, engine, findings } = report(["--engine", "28.5", "compose.yaml"]);
    assert.deepEqual([code, version, engine, findings.length], [1, 1, "28.5", 1]);
    const [finding] = findings;
    assert.ok(finding);
    const { rule, severity, path, start, end } = finding;
    assert.deepEqual(
      { rule, severity, path, start, end },
      {
        rule: "duplicate-address",
        severity: "error",
        path: "compose.yaml",
        start: { line: 11, column: 23 },
        end: { line: 11, column: 35 },
      },
    );
    assert.match(finding.message, /192\.168\.7\.10[\s\S]*\nEngine 28\.5 says: /);
    assert.deepEqual(finding.related[0]?.start, { line: 6, column: 23 });
    assert.equal(finding.related[0].path, "compose.yaml");
    const preferred = finding.fixes.filter((fix) => fix.preferred);
    assert.equal(preferred.length, 1);
    assert.deepEqual(preferred[0]?.edits, [
      { path: "compose.yaml", start, end, newText: "192.168.7.11" },
    ]);
  });

  it("counts columns in UTF-16 units and not the byte-order mark", () => {
    const text =
      "services: {w: {image: x, networks: {lan: {aliases: [🐋], ipv4_address: 10.9.9.9}}}}\nnetworks: {lan: {ipam: {config: [{subnet: 10.0.0.0/24}]}}}\n";
    cli.write("compose.yaml", `\uFEFF${text}`);
    const [finding] = report(["compose.yaml"]).findings;
    assert.equal(finding?.rule, "address-outside-subnet");
    assert.deepEqual(finding.start, { line: 1, column: text.indexOf("10.9.9.9") + 1 });
  });

  it("checks against the version that --engine names, else the one in the facts", () => {
    const text = duplicate.replace("192.168.7.10\nnetworks", "10.1.1.1\nnetworks");
    cli.write("compose.yaml", text);
    cli.write("facts.json", JSON.stringify({ version: 1, engine: { version: "20.10.24" } }));
    const old = report(["--facts", "facts.json", "compose.yaml"]);
    assert.equal(old.engine, "20.10.24");
    assert.match(
      old.findings[0]?.message ?? "",
      /It does not belong to any of this network's subnets/,
    );
    const chosen = report(["--facts", "facts.json", "--engine", "28.5", "compose.yaml"]);
    assert.equal(chosen.engine, "28.5");
    assert.match(chosen.findings[0]?.message ?? "", /no configured subnet or ip-range contain/);
  });

  it("uses the facts: a parent that the host does not have", () => {
    cli.write("compose.yaml", clean);
    const interfaces = [{ name: "lan0", kind: "ethernet", up: true, addresses: [] }];
    cli.write("facts.json", JSON.stringify({ version: 1, interfaces }));
    assert.deepEqual(report(["compose.yaml"]).findings, []);
    const { findings } = report(["--facts", "facts.json", "compose.yaml"]);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["unknown-parent"],
    );
  });

  it("shows what --severity asks for and above", () => {
    const text = clean.replace("    image: nginx\n", '    image: nginx\n    ports: ["80:80"]\n');
    cli.write("compose.yaml", text);
    assert.deepEqual(
      report(["compose.yaml"]).findings.map(({ rule }) => rule),
      ["ports-ignored"],
    );
    assert.deepEqual(report(["--severity", "warning", "compose.yaml"]).findings.length, 1);
    const { code, findings } = report(["--severity", "error", "compose.yaml"]);
    assert.deepEqual([code, findings], [0, []]);
  });

  it("says which env_file is missing, unless --rule turns that off", () => {
    cli.write(
      "compose.yaml",
      clean.replace("    image: nginx\n", "    image: nginx\n    env_file: web.env\n"),
    );
    const rulesFound = (...more: string[]) =>
      report([...more, "compose.yaml"]).findings.map(({ rule, severity }) => `${rule} ${severity}`);
    assert.deepEqual(rulesFound(), ["env-file-missing error"]);
    assert.deepEqual(rulesFound("--rule", "env-file-missing=hint"), ["env-file-missing hint"]);
    assert.deepEqual(rulesFound("--rule", "env-file-missing=off"), []);
    // What is in it need be no text.
    writeFileSync(cli.write("web.env", ""), Buffer.from([0xff, 0xfe, 0]));
    assert.deepEqual(rulesFound(), []);
  });

  it("finds the project in each folder, and no other file of it", () => {
    cli.write("a/compose.yaml", duplicate);
    cli.write("a/docker-compose.yml", duplicate);
    cli.write("a/compose.override.yaml", "services: {web: {hostname: web}}\n");
    cli.write("b/docker-compose.yml", duplicate);
    cli.write("node_modules/c/compose.yaml", duplicate);
    cli.write(".git/compose.yaml", duplicate);
    cli.write("b/stack.yaml", duplicate);
    const paths = report(["--isolate", "."]).findings.map(({ path }) => path);
    assert.deepEqual(paths, ["a/compose.yaml", "b/docker-compose.yml"]);
  });

  it("reads variables from .env, from --env-file instead, and from the environment over both", () => {
    cli.write(
      "compose.yaml",
      duplicate.replace("192.168.7.10\nnetworks", "${IP:-192.168.7.10}\nnetworks"),
    );
    assert.equal(report(["compose.yaml"]).code, 1);
    cli.write(".env", "IP=192.168.7.20\n");
    assert.equal(report(["compose.yaml"]).code, 0);
    cli.write("other.env", "NET=192.168.7\nIP=${NET}.10\n");
    assert.equal(report(["--env-file", "other.env", "compose.yaml"]).code, 1);
    assert.equal(
      report(["--env-file", "other.env", "compose.yaml"], { IP: "192.168.7.30" }).code,
      0,
    );
  });

  it("checks services of a profile when it is active", () => {
    const text = duplicate.replace("  dns:\n", "  dns:\n    profiles: [dns]\n");
    cli.write("compose.yaml", text);
    const errors = (args: string[], env?: Record<string, string>) =>
      report([...args, "compose.yaml"], env).findings.filter((f) => f.severity === "error").length;
    assert.equal(errors([]), 0);
    assert.equal(errors(["--profile", "dns"]), 1);
    assert.equal(errors([], { COMPOSE_PROFILES: "x,dns" }), 1);
  });

  it("has no colours in a pipe", () => {
    cli.write("compose.yaml", duplicate);
    assert.ok(!cli.run(["check", "compose.yaml"]).out.includes("\u001b"));
  });
});

describe("macvlan-check check --fix", () => {
  const cli = useCli();

  it("ends the findings and leaves every other byte alone", () => {
    const path = cli.write("compose.yaml", duplicate);
    const { code, out } = cli.run(["check", "--fix", "compose.yaml"]);
    assert.match(out, /^Fixed 1 problem\. No problems in 1 file/);
    assert.equal(code, 0);
    assert.equal(readFileSync(path, "utf8"), clean);
  });

  it("keeps a byte-order mark and Windows line ends", () => {
    const windows = (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}# é\t \r\n\r\n`;
    const path = cli.write("compose.yaml", windows(duplicate));
    assert.equal(cli.run(["check", "--fix", "compose.yaml"]).code, 0);
    assert.equal(readFileSync(path, "utf8"), windows(clean));
  });

  it("goes on until nothing changes: three services with one address", () => {
    const third =
      "  web2:\n    image: x\n    networks:\n      lan:\n        ipv4_address: 192.168.7.10\n";
    const path = cli.write(
      "compose.yaml",
      duplicate.replace("networks:\n  lan:\n    d", `${third}networks:\n  lan:\n    d`),
    );
    assert.equal(cli.run(["check", "--fix", "compose.yaml"]).code, 0);
    const addresses = readFileSync(path, "utf8").match(/(?<=ipv4_address: ).*/g);
    assert.deepEqual(addresses, ["192.168.7.10", "192.168.7.11", "192.168.7.12"]);
  });

  it("writes nothing where there is nothing to fix", () => {
    const bytes = Buffer.from(`${clean}# no line end`);
    const path = cli.write("compose.yaml", bytes);
    cli.run(["check", "--fix", "compose.yaml"]);
    assert.deepEqual(readFileSync(path), bytes);
  });

  it("refuses a file that is not UTF-8 rather than writing other bytes back", () => {
    const bytes = Buffer.concat([Buffer.from(duplicate), Buffer.from([0x23, 0xe9, 0x0a])]);
    const path = cli.write("compose.yaml", bytes);
    const { code, err } = cli.run(["check", "--fix", "compose.yaml"]);
    assert.equal(code, 2);
    assert.match(err, /compose\.yaml: it is not a UTF-8 text/);
    assert.deepEqual(readFileSync(path), bytes);
  });
});
