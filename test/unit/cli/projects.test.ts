import assert from "node:assert/strict";
import { chmodSync, lstatSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { clean, duplicate, useCli } from "./runCli";

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly path: string;
    readonly start: { readonly line: number; readonly column: number };
    readonly related: readonly {
      readonly path: string;
      readonly start: { readonly line: number };
    }[];
    readonly fixes: readonly { readonly edits: readonly { readonly path: string }[] }[];
  }[];
}

/** Networks of the base file alone: services are in another one. */
const networks = clean.slice(clean.indexOf("networks:\n  lan:\n    driver"));
const services = duplicate.slice(0, duplicate.indexOf("networks:\n  lan:\n    driver"));

describe("macvlan-check check, on projects of several files", () => {
  const cli = useCli();
  const check = (args: readonly string[], env: Record<string, string> = {}) => {
    const { code, out, err } = cli.run(["check", "--format", "json", ...args], env);
    assert.equal(err, "");
    const { findings } = JSON.parse(out) as Report;
    return {
      code,
      findings,
      places: findings.map(({ path, start, rule }) => `${path}:${start.line} ${rule}`),
    };
  };

  it("puts the override onto the file, and names the file that is wrong", () => {
    cli.write("compose.yaml", networks);
    cli.write("compose.override.yaml", services);
    const { code, findings, places } = check(["."]);
    assert.equal(code, 1);
    assert.deepEqual(places, ["compose.override.yaml:11 duplicate-address"]);
    const [finding] = findings;
    assert.deepEqual(
      finding?.related.map(({ path, start }) => [path, start.line]),
      [["compose.override.yaml", 6]],
    );
    assert.equal(finding.fixes[0]?.edits[0]?.path, "compose.override.yaml");
    for (const named of ["compose.yaml", "compose.override.yaml"]) {
      assert.deepEqual(check([named]).places, places, named);
    }
    assert.deepEqual(check(["compose.override.yaml", "compose.yaml", "."]).places, places);
  });

  it("follows extends and include to where the value stands", () => {
    cli.write(
      "app/compose.yaml",
      "include: [parts/lan.yaml]\nservices:\n  web: {extends: {file: parts/web.yaml, service: web}}\n",
    );
    cli.write("app/parts/lan.yaml", networks);
    cli.write(
      "app/parts/web.yaml",
      "services:\n  web:\n    image: x\n    networks: {lan: {ipv4_address: 10.0.0.9}}\n",
    );
    const { code, places } = check(["app"]);
    assert.equal(code, 1);
    assert.deepEqual(places, ["app/parts/web.yaml:4 address-outside-subnet"]);
  });

  it("takes what another project includes for no project of its own, unless it is named", () => {
    cli.write(
      "compose.yaml",
      "include: [sub/compose.yaml]\nservices: {a: {image: x}}\nnetworks: {lan: {driver: macvlan}}\n",
    );
    cli.write("sub/compose.yaml", "services: {b: {image: x, networks: [lan]}}\n");
    assert.deepEqual(check(["--severity", "error", "."]).places, []);
    assert.deepEqual(check(["--severity", "error", "sub"]).places, [
      "sub/compose.yaml:1 undefined-network",
    ]);
  });

  it("checks a folder whose .env names the files", () => {
    cli.write("a/.env", "COMPOSE_FILE=base.yaml:more.yaml\n");
    cli.write("a/base.yaml", networks);
    cli.write("a/more.yaml", services);
    assert.deepEqual(check(["."]).places, ["a/more.yaml:11 duplicate-address"]);
  });

  it("lets the paths say which files there are, not the variables of the process", () => {
    cli.write("a/compose.yaml", duplicate);
    cli.write("b/compose.yaml", clean);
    const env = { COMPOSE_FILE: "stack.yaml", COMPOSE_PROJECT_NAME: "one" };
    assert.deepEqual(check(["--isolate", "."], env).places, [
      "a/compose.yaml:11 duplicate-address",
    ]);
  });

  it("says once what two projects find in a file of both", () => {
    cli.write("shared/lan.yaml", networks.replace("gateway: 192.168.7.1", "gateway: 10.0.0.1"));
    const file = "include: [../shared/lan.yaml]\nservices: {a: {image: x, networks: [lan]}}\n";
    cli.write("a/compose.yaml", file);
    cli.write("b/compose.yaml", file);
    assert.deepEqual(check(["--isolate", "--severity", "error", "."]).places, [
      "shared/lan.yaml:9 gateway-outside-subnet",
    ]);
  });

  it("finds what two projects would take from each other, unless told not to", () => {
    const file =
      "services:\n  a:\n    image: x\n    networks: {lan: {ipv4_address: 10.1.0.9}}\nnetworks: {lan: {external: true}}\n";
    cli.write("dns/compose.yaml", file);
    cli.write("web/compose.yaml", file.replace("  a:", "  b:"));
    const { code, findings } = check(["."]);
    const between = findings.filter(({ rule }) => rule === "duplicate-address");
    assert.deepEqual(
      between.map(({ path, severity, related }) => [path, severity, related[0]?.path]),
      [
        ["dns/compose.yaml", "warning", "web/compose.yaml"],
        ["web/compose.yaml", "warning", "dns/compose.yaml"],
      ],
    );
    assert.equal(code, 0);
    assert.deepEqual(check(["--isolate", "."]).places, []);
  });

  it("shows paths with slashes as seen from the working folder", () => {
    cli.write("a/b/compose.yaml", duplicate);
    for (const path of ["a", "./a/b/", `${cli.folder}/a`, "a/../a/b/compose.yaml"]) {
      assert.deepEqual(check([path]).places, ["a/b/compose.yaml:11 duplicate-address"], path);
    }
  });
});

describe("macvlan-check check --fix, on several files", () => {
  const cli = useCli();
  const read = (path: string) => readFileSync(join(cli.folder, path), "utf8");

  it("mends each file where the fault is, and no other byte", () => {
    cli.write(
      "compose.yaml",
      `# é\r\n${networks.replace("192.168.7.0/24", "192.168.7.5/24").replaceAll("\n", "\r\n")}`,
    );
    cli.write("compose.override.yaml", services);
    const { code, out } = cli.run(["check", "--fix", "--severity", "error", "."]);
    assert.match(out, /^Fixed 2 problems\. No problems in 2 files/);
    assert.equal(code, 0);
    assert.equal(read("compose.yaml"), `# é\r\n${networks.replaceAll("\n", "\r\n")}`);
    assert.equal(read("compose.override.yaml"), services.replace(/10\n$/, "11\n"));
  });

  it("mends a file that two projects share once, and goes on with both", () => {
    const file = "include: [../shared/lan.yaml]\nservices: {a: {image: x, networks: [lan]}}\n";
    cli.write("shared/lan.yaml", networks.replace("192.168.7.0/24", "192.168.7.5/24"));
    cli.write("a/compose.yaml", file);
    cli.write("b/compose.yaml", file);
    assert.equal(cli.run(["check", "--fix", "--isolate", "."]).code, 0);
    assert.equal(read("shared/lan.yaml"), networks);
    assert.equal(read("a/compose.yaml"), file);
  });

  it("ends a clash between projects by changing one of them", () => {
    const file = (service: string) =>
      `services:\n  ${service}:\n    image: x\n    networks: {lan: {ipv4_address: 10.1.0.9}}\nnetworks: {lan: {name: lan, driver: macvlan, driver_opts: {parent: eth0}, ipam: {config: [{subnet: 10.1.0.0/24}]}}}\n`;
    cli.write("dns/compose.yaml", file("a"));
    cli.write("web/compose.yaml", file("b"));
    const before = [file("a"), file("b")];
    const { out } = cli.run(["check", "--fix", "."]);
    const after = [read("dns/compose.yaml"), read("web/compose.yaml")];
    assert.equal(after.filter((text, index) => text !== before[index]).length, 1, out);
    assert.doesNotMatch(out, /duplicate-address/);
  });

  it("keeps the file's mode and a link to it, and leaves no draft behind", () => {
    const path = cli.write("real/stack.yaml", duplicate);
    chmodSync(path, 0o640);
    symlinkSync("real/stack.yaml", join(cli.folder, "compose.yaml"));
    assert.equal(cli.run(["check", "--fix", "compose.yaml"]).code, 0);
    assert.equal(readFileSync(path, "utf8"), clean);
    assert.equal(statSync(path).mode & 0o777, 0o640);
    assert.ok(lstatSync(join(cli.folder, "compose.yaml")).isSymbolicLink());
    assert.deepEqual(readdirSync(join(cli.folder, "real")), ["stack.yaml"]);
  });
});

describe("macvlan-check resolve, on projects of several files", () => {
  const cli = useCli();
  const resolve = (args: readonly string[], env: Record<string, string> = {}) => {
    const { code, out, err } = cli.run(["resolve", ...args], env);
    assert.deepEqual([err, code], ["", 0]);
    const { name, networks: found } = JSON.parse(out) as {
      name: string;
      networks: Record<string, { driver?: string }>;
    };
    return [name, found["lan"]?.driver];
  };
  const file = (driver: string) =>
    `services: {a: {image: x, networks: [lan]}}\nnetworks: {lan: {driver: ${driver}}}\n`;

  it("takes a folder as docker compose in it, and files as -f does", () => {
    cli.write("lab/compose.yaml", file("bridge"));
    cli.write("lab/compose.override.yaml", file("macvlan"));
    cli.write("lab/more.yaml", file("ipvlan"));
    cli.write("lab/deep/note.txt", "");
    assert.deepEqual(resolve(["lab"]), ["lab", "macvlan"]);
    assert.deepEqual(resolve(["lab/deep"]), ["lab", "macvlan"]);
    assert.deepEqual(resolve(["lab/compose.yaml"]), ["lab", "bridge"]);
    assert.deepEqual(resolve(["lab/compose.yaml", "lab/more.yaml"]), ["lab", "ipvlan"]);
    assert.deepEqual(resolve(["lab"], { COMPOSE_FILE: "more.yaml" }), ["lab", "ipvlan"]);
  });

  it("takes the project's name and folder", () => {
    cli.write("lab/compose.yaml", file("'${DRIVER:-bridge}'"));
    cli.write("vars/.env", "DRIVER=macvlan\n");
    assert.deepEqual(resolve(["-p", "home", "lab"]), ["home", "bridge"]);
    assert.deepEqual(resolve(["--project-directory", "vars", "lab/compose.yaml"]), [
      "vars",
      "macvlan",
    ]);
  });

  it("refuses what Compose refuses, with its words and the place", () => {
    cli.write("compose.yaml", "services:\n  a: {image: x, networks: [nowhere]}\n");
    const { code, out, err } = cli.run(["resolve", "."]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^macvlan-check: compose\.yaml:2:\d+: .*nowhere/);
    assert.match(err, /Compose says: service "a" refers to undefined network nowhere/);
  });
});
