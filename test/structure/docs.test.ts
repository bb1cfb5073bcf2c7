import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");
const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => join("docs", file));
const pages = ["README.md", "CHANGELOG.md", ...docs];

const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
};
const titles = new Set(contributes.commands.map(({ title }) => title));
const settings = Object.keys(contributes.configuration.properties);

/** What the pattern's group finds in the pages, with the page. */
function found(pattern: RegExp, within: readonly string[]): (readonly [string, string])[] {
  return within.flatMap((page) => {
    const text = readFileSync(join(root, page), "utf8");
    return [...text.matchAll(pattern)].map(([, name = ""]) => [page, name] as const);
  });
}

describe("the pages", () => {
  it("link to files that exist", () => {
    const links = found(/\]\((?!https?:)([^)#\s]+)/g, pages);
    assert.ok(links.length > 100, `${links.length} links`);
    const broken = links.filter(([page, link]) => !existsSync(join(root, dirname(page), link)));
    assert.deepEqual(broken, []);
  });

  it("call commands by their titles", () => {
    const named = found(/`Macvlan:\s([^`]+)`/g, pages);
    assert.ok(named.length > 15, `${named.length} commands`);
    const wrong = named.filter(([, title]) => !titles.has(title.replace(/\s+/g, " ")));
    assert.deepEqual(wrong, []);
  });

  it("name settings that exist", () => {
    const named = found(/`(macvlan\.[a-zA-Z]+)/g, ["README.md", ...docs]);
    assert.ok(named.length > 10, `${named.length} settings`);
    const wrong = named.filter(([, name]) => !settings.includes(name));
    assert.deepEqual(wrong, []);
  });
});
