import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { commandIds, contextKeys, settingIds, viewIds } from "../../src/ids";
import { screenIds } from "../../src/views/screenId";

const root = join(__dirname, "../..");

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly enablement?: string;
}
interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Setting {
  readonly markdownDescription?: string;
  readonly scope?: string;
}
interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg?: string; readonly markdown?: string; readonly altText?: string };
  readonly completionEvents: readonly string[];
}
interface Manifest {
  readonly icon: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly views: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly viewsWelcome: readonly { view: string; when: string; contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

const text = readFileSync(join(root, "package.json"), "utf8");
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const settings = contributes.configuration.properties;
const declared = new Set(contributes.commands.map(({ command }) => command));
const items = Object.values(contributes.menus).flat();

function sorted(values: Iterable<string>): string[] {
  return [...values].sort();
}

/** Every `key` of the object tree that is called `name`. */
function valuesOf(value: unknown, name: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === name && typeof inner === "string" ? [inner] : valuesOf(inner, name),
  );
}

/** Source text of the extension, for names that must be used somewhere. */
function sources(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(root, folder, name), "utf8"))
    .join("\n");
}

describe("package.json and src/ids.ts", () => {
  it("have the same commands", () => {
    assert.deepEqual(sorted(declared), sorted(Object.values(commandIds)));
  });

  it("have the same view container and view", () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewIds.container],
    );
    assert.deepEqual(Object.keys(contributes.views), [viewIds.container]);
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      [viewIds.networks],
    );
  });

  it("have the same settings", () => {
    assert.deepEqual(sorted(Object.keys(settings)), sorted(Object.values(settingIds)));
  });

  it("have the same context keys", () => {
    const clauses = [...valuesOf(contributes, "when"), ...valuesOf(contributes, "enablement")];
    const used = clauses
      .flatMap((clause) => clause.match(/macvlan\.[A-Za-z]+/g) ?? [])
      .filter((name) => name !== viewIds.networks);
    assert.deepEqual(sorted(new Set(used)), sorted(Object.values(contextKeys)));
  });

  it("have no name that is nowhere used", () => {
    const code = sources("src");
    const tables = { commandIds, viewIds, contextKeys, settingIds };
    const isUsed = (table: string, key: string) =>
      code.includes(`${table}.${key}`) || (table === "contextKeys" && code.includes(`"${key}"`));
    const unused = Object.entries(tables).flatMap(([table, names]) =>
      Object.keys(names).filter((key) => key !== "container" && !isUsed(table, key)),
    );
    assert.deepEqual(unused, []);
  });
});

describe("package.json", () => {
  it("gives every command a category, and names it in words", () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, "Macvlan", command);
      assert.match(title, /^[A-Z]/, command);
    }
  });

  it("puts only declared commands into menus and links", () => {
    const links = JSON.stringify([contributes.viewsWelcome, contributes.walkthroughs]);
    const linked = [...links.matchAll(/\(command:(macvlan\.[A-Za-z.]+)/g)].map(([, id = ""]) => id);
    assert.ok(linked.length > 0);
    const known = new Set([...declared, `${viewIds.networks}.focus`]);
    assert.deepEqual(
      [...items.map(({ command }) => command), ...linked].filter((id) => !known.has(id)),
      [],
    );
  });

  it("shows rows' actions only in its own view, with words that rows have", () => {
    const words = new Set(
      "interface network template container running stopped hasAddress hasMac fixed missing unknown problem compose".split(
        " ",
      ),
    );
    const tags = sources("src/views");
    for (const { command, when = "" } of contributes.menus["view/item/context"] ?? []) {
      assert.ok(when.startsWith(`view == ${viewIds.networks}`), command);
      const used = when.match(/(?<=\\b)\w+(?=\\b)|(?<=[(|])\w+(?=[|)])/g) ?? [];
      for (const word of used) {
        assert.ok(words.has(word), `${command}: ${word}`);
        assert.ok(tags.includes(`"${word}"`), `no row has the word ${word}`);
      }
    }
  });

  it("gives a row at most two inline actions", () => {
    const inline = (contributes.menus["view/item/context"] ?? []).filter(({ group = "" }) =>
      group.startsWith("inline"),
    );
    for (const kind of ["interface", "network", "container"]) {
      const count = inline.filter(({ when = "" }) => when.includes(`\\b${kind}\\b`)).length;
      assert.ok(count > 0 && count <= 2, `${kind}: ${count}`);
    }
  });

  it("puts removing last", () => {
    const groups = (contributes.menus["view/item/context"] ?? []).filter(
      ({ command }) =>
        command === commandIds.removeNetwork || command === commandIds.removeContainer,
    );
    assert.equal(groups.length, 2);
    const last = sorted(new Set(items.map(({ group = "" }) => group.replace(/@.*/, "")))).filter(
      (group) => /^\d/.test(group),
    );
    for (const { group = "" } of groups) assert.equal(group.replace(/@.*/, ""), last.at(-1));
  });

  it("starts no process and opens no socket from a command before the folder is trusted", () => {
    const harmless: readonly string[] = [
      commandIds.planNetwork,
      commandIds.checkBeforeUp,
      commandIds.showLog,
      commandIds.showRule,
      commandIds.turnRuleOff,
      commandIds.checkWorkspace,
    ];
    for (const { command, enablement } of contributes.commands) {
      if (!harmless.includes(command)) assert.equal(enablement, "isWorkspaceTrusted", command);
    }
  });

  it("restricts every setting that chooses a socket or a process", () => {
    assert.deepEqual(
      sorted(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations),
      sorted(Object.keys(settings).filter((id) => id.startsWith("macvlan.docker"))),
    );
    const machine = Object.entries(settings)
      .filter(([, { scope }]) => scope === "machine-overridable")
      .map(([id]) => id);
    assert.deepEqual(sorted(machine), [settingIds.dockerContext, settingIds.dockerHost]);
  });

  it("describes every setting", () => {
    for (const [id, { markdownDescription = "", scope }] of Object.entries(settings)) {
      assert.ok(markdownDescription.length > 40, id);
      assert.ok(scope, id);
    }
  });

  it("has a screen for each state of the engine, and never suggests to open the socket to all", () => {
    const screens = new Map(contributes.viewsWelcome.map(({ when, contents }) => [when, contents]));
    const trusted = `isWorkspaceTrusted && ${contextKeys.engineState} ==`;
    const expected = Object.keys(screenIds).map((id) => {
      if (id === "untrusted") return "!isWorkspaceTrusted";
      return `${trusted} ${id}${id === "connected" ? ` && !${contextKeys.hasNetworks}` : ""}`;
    });
    // It stands below that of an engine without networks.
    const ofHost = `${trusted} connected && ${contextKeys.hostWay} == askable`;
    assert.deepEqual(sorted(screens.keys()), sorted([...expected, ofHost]));
    for (const [when, contents] of screens) {
      // A button is a link that is a line of its own.
      const buttons = contents.split("\n").filter((line) => /^\[[^\]]+\]\([^)]+\)$/.test(line));
      assert.equal(buttons.length, when === `${trusted} connecting` ? 0 : 1, when);
      assert.doesNotMatch(contents, /`/, when);
    }
    assert.doesNotMatch(text, /chmod|\b666\b/);
  });

  it("names only files that exist", () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...valuesOf(contributes, "path"),
      ...valuesOf(contributes.walkthroughs, "svg"),
      ...valuesOf(contributes.walkthroughs, "markdown"),
    ];
    assert.ok(files.length > 5);
    for (const file of files) assert.ok(existsSync(join(root, file)), file);
    assert.ok(statSync(join(root, manifest.icon)).size > 1000);
  });

  it("has a walkthrough of at most five steps that can be completed and read aloud", () => {
    const [walkthrough, ...more] = contributes.walkthroughs;
    assert.equal(more.length, 0);
    assert.ok(walkthrough && walkthrough.steps.length <= 5);
    for (const { id, media, completionEvents } of walkthrough.steps) {
      assert.ok(media.altText, id);
      for (const event of completionEvents) {
        assert.match(event, /^(onCommand|onView|onContext|onSettingChanged|onLink|onStepSelected)/);
      }
    }
  });
});
