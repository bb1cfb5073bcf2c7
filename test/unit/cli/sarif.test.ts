import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { duplicate, useCli } from "./runCli";

interface Log {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
    },
  ];
}
interface Place {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly region: Readonly<Record<string, number>>;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: Place }[];
  readonly relatedLocations?: readonly { readonly physicalLocation: Place }[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: object;
      readonly replacements: readonly {
        readonly deletedRegion: object;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
}

describe("macvlan-check check --format sarif", () => {
  const cli = useCli();
  const valid = validator();

  /** The log that the command prints, valid by the schema of SARIF 2.1.0. */
  const log = (args: readonly string[], code: number): Log => {
    const run = cli.run(["check", "--format", "sarif", ...args]);
    assert.deepEqual([run.err, run.code], ["", code]);
    const json: unknown = JSON.parse(run.out);
    assert.deepEqual(valid(json), []);
    return json as Log;
  };

  it("is valid where nothing is wrong, and names every rule", () => {
    cli.write("compose.yaml", "services: {a: {image: x}}\n");
    const { version, runs } = log(["compose.yaml"], 0);
    assert.equal(version, "2.1.0");
    assert.deepEqual(runs[0].results, []);
    assert.ok(runs[0].tool.driver.rules.length > 40);
  });

  it("gives places, related places and fixes", () => {
    cli.write("my project/compose.yaml", duplicate);
    const [run] = log(["my project"], 1).runs;
    const result = run.results.find(({ ruleId }) => ruleId === "duplicate-address");
    assert.equal(run.tool.driver.rules[result!.ruleIndex]?.id, "duplicate-address");
    assert.equal(result?.level, "error");
    assert.match(result.message.text, /192\.168\.7\.10/);
    assert.deepEqual(result.locations[0]?.physicalLocation, {
      artifactLocation: { uri: "my%20project/compose.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 11, startColumn: 23, endLine: 11, endColumn: 35 },
    });
    assert.equal(result.relatedLocations?.[0]?.physicalLocation.region["startLine"], 6);
    const change = result.fixes?.[0]?.artifactChanges[0];
    assert.deepEqual(
      change?.artifactLocation,
      result.locations[0].physicalLocation.artifactLocation,
    );
    assert.equal(change.replacements[0]?.insertedContent.text, "192.168.7.11");
  });

  it("stays valid for every kind of finding, in files outside the folder too", () => {
    cli.write(
      "a/compose.yaml",
      `${duplicate.replace("gateway: 192.168.7.1", "gateway: 10.0.0.1")}x: [\n`,
    );
    cli.write("b/compose.yaml", "services: {a: {image: x, networks: [nowhere], ports: ['1:1']}}\n");
    cli.write("c/compose.yaml", "include: [gone.yaml]\nservices: {a: {image: x}}\n");
    cli.write("sub/empty.txt", "");
    const { runs } = log([`${cli.folder}/a`, "b", "c"], 1);
    const uris = runs[0].results.map(
      ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri,
    );
    assert.deepEqual([...new Set(uris)], ["a/compose.yaml", "b/compose.yaml", "c/compose.yaml"]);
  });
});

/** What is wrong with a log, by the schema that the SARIF committee publishes. */
function validator(): (log: unknown) => string[] {
  const { resolve } = createRequire(import.meta.url);
  const path = resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const schema = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  // It is a draft 4 of JSON schema, but has nothing in it that later drafts read in another way.
  delete schema["$schema"];
  delete schema["id"];
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (log) => {
    validate(log);
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ""}`,
    );
  };
}
