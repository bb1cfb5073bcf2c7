import assert from "node:assert/strict";
import { composeWords, loaderOf } from "./memoryFiles";
import { ProjectLoader } from "../../../src/compose/projectLoader";
import type { ComposeProject } from "../../../src/compose/project";

const main = "/srv/demo/compose.yaml";
const override = "/srv/demo/compose.override.yml";

/** Service and network keys with the address that counts. */
function ties(project: ComposeProject): Record<string, Record<string, string>> {
  return Object.fromEntries(
    project.services.map(({ key, networks }) => [
      key,
      Object.fromEntries(networks.map((tie) => [tie.key, tie.ipv4?.text ?? ""])),
    ]),
  );
}

/** The `ipam.config` that two files make, short: subnet, gateway and range of each entry. */
function pools(base: string, later: string): string[] {
  const files = {
    [main]: `networks: {lan: {ipam: {config: ${base}}}}`,
    [override]: `networks: {lan: {ipam: {config: ${later}}}}`,
  };
  const [network] = loaderOf(files).project().networks;
  return (network?.ipam ?? []).map(({ subnet, gateway, ipRange }) =>
    [subnet?.text ?? "-", gateway?.text ?? "-", ipRange?.text ?? "-"].join(" "),
  );
}

describe("ProjectLoader", () => {
  it("puts the override file onto the project's file", () => {
    const loader = loaderOf({
      [main]:
        'services: {a: {image: x, networks: {lan: {ipv4_address: 10.0.0.2}}, ports: ["80:80"]}}\n' +
        "networks: {lan: {driver_opts: {parent: eth0}}}\n",
      [override]:
        'services: {a: {networks: {lan: {ipv4_address: 10.0.0.3}, other: }, ports: ["80:80", "81:81"]}, b: {image: x, networks: [lan]}}\n' +
        "networks: {lan: {driver: macvlan}, other: }\n",
    });
    const project = loader.project();
    assert.deepEqual(project.problems, []);
    assert.deepEqual(project.paths, [main, override]);
    assert.deepEqual(ties(project), { a: { lan: "10.0.0.3", other: "" }, b: { lan: "" } });
    const [a] = project.services;
    assert.deepEqual(
      a?.ports.map(({ text }) => text),
      ["80:80", "81:81"],
    );
    assert.equal(a.networks[0]?.ipv4?.place.path, override);
    const [lan] = project.networks;
    assert.equal(lan?.driver?.place.path, override);
    assert.equal(lan.driverOpts[0]?.value.place.path, main);
    assert.equal(lan.realName, "demo_lan");
  });

  it("merges ipam.config as Compose does, which loses entries", () => {
    const a = "{subnet: 10.0.0.0/24, gateway: 10.0.0.1, ip_range: 10.0.0.128/25}";
    const b = "{subnet: 10.1.0.0/24, gateway: 10.1.0.1}";
    const cases: [string, string, string[]][] = [
      [
        `[${a}]`,
        "[{subnet: 10.0.0.0/24, gateway: 10.0.0.254}]",
        ["10.0.0.0/24 10.0.0.254 10.0.0.128/25"],
      ],
      [
        `[${a}]`,
        "[{subnet: 10.0.0.0/24}, {subnet: 10.2.0.0/24}]",
        ["10.0.0.0/24 10.0.0.1 10.0.0.128/25", "10.2.0.0/24 - -"],
      ],
      [`[${a}]`, "[{subnet: 10.2.0.0/24}]", ["10.2.0.0/24 - -"]],
      [
        `[${a}, ${b}]`,
        "[{subnet: 10.0.0.0/24, gateway: 10.0.0.254}]",
        ["10.0.0.0/24 10.0.0.254 -"],
      ],
      [`[${a}, ${b}]`, "[{subnet: 10.2.0.0/24}]", ["10.2.0.0/24 10.1.0.1 -"]],
      [`[${a}]`, "[{gateway: 10.0.0.9}]", ["- 10.0.0.9 -"]],
      [`[${a}]`, "[]", []],
      [
        `[${a}, ${b}]`,
        "[{subnet: 10.2.0.0/24}, {subnet: 10.1.0.0/24, gateway: 10.1.0.9}, {subnet: 10.3.0.0/24}]",
        ["10.3.0.0/24 10.1.0.9 -", "10.1.0.0/24 10.1.0.9 -", "10.3.0.0/24 - -"],
      ],
    ];
    for (const [base, later, expected] of cases) {
      assert.deepEqual(pools(base, later), expected, `${base} and ${later}`);
    }
  });

  it("says in Compose's words what cannot be merged", () => {
    const files = (base: string, later: string) => ({ [main]: base, [override]: later });
    const words = (base: string, later: string) => composeWords(loaderOf(files(base, later)));
    assert.deepEqual(
      words('services: {a: {image: x, ports: ["1:1"]}}', "services: {a: {ports: {b: c}}}"),
      ["cannot override services.a.ports"],
    );
    assert.deepEqual(
      words(
        "networks: {n: {ipam: {config: [{subnet: 10.0.0.0/24}]}}}",
        "networks: {n: {ipam: {config: }}}",
      ),
      ["networks.n.ipam.config: unexpected type []interface {}"],
    );
  });

  it("takes away what !reset and !override say", () => {
    const project = loaderOf({
      [main]: `services:
  a: {image: x, networks: {lan: {ipv4_address: 10.0.0.2}, two: }, ports: ["80:80"], mac_address: "02:42:0a:00:00:03"}
  b: {image: x}
networks: {lan: , two: {driver: macvlan}}
`,
      [override]: `services:
  a: {ports: !reset [], networks: !override {lan: {ipv4_address: 10.0.0.9}}, mac_address: !reset null}
  b: !reset null
networks: {two: !override {internal: true}}
`,
    }).project();
    assert.deepEqual(project.problems, []);
    assert.deepEqual(ties(project), { a: { lan: "10.0.0.9" } });
    assert.deepEqual([project.services[0]?.ports, project.services[0]?.mac], [[], undefined]);
    assert.deepEqual(
      [project.networks[1]?.driver, project.networks[1]?.internal],
      [undefined, true],
    );
  });

  it("puts the documents of one file onto each other", () => {
    const project = loaderOf({
      [main]:
        "services: {a: {networks: {lan: {ipv4_address: 10.0.0.2}}}}\nnetworks: {lan: }\n---\nservices: {a: {networks: [other]}}\nnetworks: {other: }\n",
    }).project();
    assert.deepEqual(ties(project), { a: { lan: "10.0.0.2", other: "" } });
    assert.equal(project.partial, false);
  });

  it("follows extends in the same file and in others, to the end", () => {
    const loader = loaderOf({
      [main]: `services:
  base: {image: x, networks: {lan: {ipv4_address: 10.0.0.2}}}
  a: {extends: base, networks: {lan: {ipv4_address: 10.0.0.3}}}
  b: {extends: {service: a}, networks: [other]}
  c: {extends: {service: web, file: sub/common.yml}}
networks: {lan: , other: , third: }
`,
      "/srv/demo/sub/common.yml":
        "services: {web: {extends: {service: more, file: deep/more.yml}, networks: {third: {ipv4_address: 10.1.1.1}}}}",
      "/srv/demo/sub/deep/more.yml":
        'services: {more: {image: x, mac_address: "02:42:0a:00:00:09"}}',
    });
    const project = loader.project();
    assert.deepEqual(project.problems, []);
    assert.deepEqual(ties(project), {
      base: { lan: "10.0.0.2" },
      a: { lan: "10.0.0.3" },
      b: { lan: "10.0.0.3", other: "" },
      c: { third: "10.1.1.1" },
    });
    const inherited = project.services[3]?.mac;
    assert.equal(inherited?.place.path, "/srv/demo/sub/deep/more.yml");
    assert.deepEqual(
      inherited.through.map(({ path, from, to }) => loader.file(path)?.text.slice(from, to)),
      ["{service: web, file: sub/common.yml}", "{service: more, file: deep/more.yml}"],
    );
    assert.equal(project.wayTo("/srv/demo/sub/common.yml")?.path, main);
    assert.equal(project.partial, false);
  });

  it("says in Compose's words what cannot be extended", () => {
    const words = (text: string, more: Record<string, string> = {}) =>
      composeWords(loaderOf({ [main]: text, ...more }));
    assert.deepEqual(words("services: {a: {extends: b}}"), [
      `cannot extend service "a" in ${main}: service "b" not found`,
    ]);
    assert.deepEqual(words("services: {a: {extends: {service: b, file: no.yml}}}"), [
      "open /srv/demo/no.yml: no such file or directory",
    ]);
    assert.deepEqual(
      words("services: {a: {extends: {service: b, file: x.yml}}}", {
        "/srv/demo/x.yml": "services: {c: {}}",
      }),
      [`cannot extend service "a" in ${main}: service "b" not found in x.yml`],
    );
    assert.deepEqual(words("services: {a: {extends: {file: x.yml}}}"), [
      "extends.a.service is required",
    ]);
    assert.deepEqual(words("services: {a: {extends: b}, b: {extends: c}, c: {extends: a}}"), [
      `Circular reference:\n  a in ${main}\n  extends b in ${main}\n  extends c in ${main}\n  extends a in ${main}`,
    ]);
  });

  it("follows a chain of 3,000 services that extend each other", () => {
    const services = Array.from({ length: 3000 }, (_, i) =>
      i === 0
        ? "  s0: {image: x, networks: {lan: {ipv4_address: 10.0.0.2}}}\n"
        : `  s${i}: {extends: s${i - 1}, hostname: h${i}}\n`,
    );
    const text = `services:\n${services.reverse().join("")}networks: {lan: }\n`;
    const project = loaderOf({ [main]: text }).project();
    assert.deepEqual(project.problems, []);
    assert.ok(project.services.every(({ networks }) => networks[0]?.ipv4?.text === "10.0.0.2"));
    assert.ok(
      project.services.every(({ networks }) => (networks[0]?.ipv4?.through.length ?? 0) <= 16),
    );
  });

  it("takes over what other projects declare, with their own variables", () => {
    const loader = loaderOf(
      {
        [main]: `include:
  - sub/compose.yaml
  - {path: [other/a.yaml, other/b.yaml], project_directory: other/dir, env_file: other/env}
services: {a: {image: x, networks: [lan, snet]}}
networks: {lan: }
`,
        "/srv/demo/sub/compose.yaml":
          'name: ignored\nservices: {s: {image: x, networks: {snet: {ipv4_address: "${IP:-10.0.0.9}"}}}}\nnetworks: {snet: {driver: "${DRV}"}}\n',
        "/srv/demo/sub/.env": "DRV=macvlan\nIP=10.0.0.77\nOUTER=sub\n",
        "/srv/demo/other/a.yaml":
          'services: {o: {hostname: "${OUTER}", networks: {onet: {ipv4_address: "${OIP}"}}, extends: {service: q, file: ../q.yml}}}\nnetworks: {onet: {}}\n',
        "/srv/demo/other/b.yaml":
          'services: {o: {mac_address: "02:42:0a:00:00:09"}}\nnetworks: {onet: {name: "${COMPOSE_PROJECT_NAME}_x"}}\n',
        "/srv/demo/other/q.yml": "services: {q: {image: x, scale: 4}}\n",
        "/srv/demo/other/env": "OIP=10.9.9.9\n",
      },
      { environment: new Map([["OUTER", "set"]]) },
    );
    const project = loader.project();
    assert.deepEqual(project.problems, []);
    assert.deepEqual(project.unsetVariables, []);
    assert.deepEqual(ties(project), {
      a: { lan: "", snet: "" },
      s: { snet: "10.0.0.77" },
      o: { onet: "10.9.9.9" },
    });
    assert.deepEqual(
      project.networks.map(({ realName, driver }) => [realName, driver?.text]),
      [
        ["demo_lan", undefined],
        ["demo_snet", "macvlan"],
        ["demo_x", undefined],
      ],
    );
    assert.equal(project.services[2]?.replicas, 4);
    assert.equal(project.partial, false);
  });

  it("says in Compose's words what cannot be included", () => {
    const words = (files: Record<string, string>) => composeWords(loaderOf(files));
    assert.deepEqual(words({ [main]: "include: [b.yaml]\n" }), [
      "open /srv/demo/b.yaml: no such file or directory",
    ]);
    assert.deepEqual(
      words({ [main]: "include: [b.yaml]\n", "/srv/demo/b.yaml": "include: [compose.yaml]\n" }),
      [`include cycle detected:\n${main}\n include /srv/demo/b.yaml\n include ${main}`],
    );
    assert.deepEqual(
      words({
        [main]: "include: [b.yaml]\nnetworks: {lan: {internal: true}, same: {external: true}}\n",
        "/srv/demo/b.yaml": "networks: {lan: {internal: false}, same: {external: true}}\n",
      }),
      ["networks.lan conflicts with imported resource"],
    );
  });

  it("stops where files include each other twice and twice again", () => {
    const files: Record<string, string> = { [main]: "include: [f0.yaml, f0.yaml]\n" };
    for (let i = 0; i < 30; i++) {
      files[`/srv/demo/f${i}.yaml`] =
        i < 29 ? `include: [f${i + 1}.yaml, f${i + 1}.yaml]\n` : "networks: {lan: }\n";
    }
    const project = loaderOf(files).project();
    assert.ok(project.problems.some(({ code }) => code === "limit"));
    assert.equal(project.partial, true);
  });

  it("reads again only what changed", () => {
    const common = "/srv/demo/common.yml";
    const loader = loaderOf({
      [main]:
        "services:\n  a: {extends: {service: base, file: common.yml}}\n  b: {image: x}\n  c: {image: x}\nnetworks: {lan: }\n",
      [override]: "services:\n  b: {networks: [lan]}\n",
      [common]:
        "services:\n  base: {image: x, networks: {lan: {ipv4_address: 10.0.0.2}}}\n  more: {image: x}\n",
    });
    const before = loader.project().services;
    const text = loader.file(main)?.text ?? "";
    const at = text.lastIndexOf("image: x") + "image: ".length;
    loader.edit(main, [{ from: at, to: at, newText: "y" }]);
    const after = loader.project().services;
    assert.deepEqual(
      after.map((service, index) => service === before[index]),
      [true, true, false],
    );
    const address = loader.file(common)?.text.indexOf("10.0.0.2") ?? 0;
    loader.edit(common, [{ from: address, to: address + 8, newText: "10.0.0.7" }]);
    const last = loader.project().services;
    assert.equal(last[0]?.networks[0]?.ipv4?.text, "10.0.0.7");
    assert.deepEqual([last[1], last[2]], [after[1], after[2]]);
    assert.equal(last[1], after[1]);
  });

  it("asks for files that it does not know yet", () => {
    const known = new Map<string, string | null>();
    const files = new Map([
      [main, "include: [b.yaml]\n"],
      ["/srv/demo/b.yaml", "networks: {lan: }\n"],
    ]);
    const loader = loaderOf({}, {});
    assert.equal(
      loader.project().problems[0]?.composeMessage,
      "no configuration file provided: not found",
    );
    const asking = new ProjectLoader(
      { read: (path) => known.get(path) },
      { folder: "/srv/demo", files: [main], environment: new Map() },
    );
    for (let round = 0; ; round++) {
      asking.project();
      const wanted = [...asking.wanted];
      if (wanted.length === 0) break;
      assert.ok(round < 5);
      for (const path of wanted) {
        known.set(path, files.get(path) ?? null);
        asking.invalidate(path);
      }
    }
    assert.deepEqual(
      asking.project().networks.map(({ key }) => key),
      ["lan"],
    );
    assert.equal(asking.project().partial, false);
  });
});

describe("finding a project", () => {
  const a = (text: string) => `services: {${text}: {image: x}}\n`;
  const names = (files: Record<string, string>, request = {}) =>
    loaderOf(files, request)
      .project()
      .services.map(({ key }) => key);

  it("takes the first of Compose's names and one override", () => {
    const files = {
      "/srv/demo/docker-compose.yaml": a("d"),
      "/srv/demo/docker-compose.yml": a("c"),
      "/srv/demo/compose.yml": a("b"),
      "/srv/demo/compose.override.yaml": a("o2"),
      "/srv/demo/docker-compose.override.yml": a("o3"),
    };
    assert.deepEqual(names(files), ["b", "o2"]);
    assert.deepEqual(names({ ...files, [override]: a("o1"), [main]: a("a") }), ["a", "o1"]);
    assert.deepEqual(names(files, { files: ["docker-compose.yml"] }), ["c"]);
    assert.deepEqual(names(files, { folder: "/srv/demo/deep/er" }), ["b", "o2"]);
  });

  it("follows COMPOSE_FILE, from the environment or .env", () => {
    const files = {
      [main]: a("a"),
      [override]: a("o"),
      "/srv/demo/one.yml": a("one"),
      "/srv/two.yml": a("two"),
      "/srv/demo/.env": "COMPOSE_FILE=one.yml:../two.yml\n",
    };
    assert.deepEqual(names(files), ["one", "two"]);
    const environment = new Map([
      ["COMPOSE_FILE", "one.yml|compose.yaml"],
      ["COMPOSE_PATH_SEPARATOR", "|"],
    ]);
    assert.deepEqual(names(files, { environment }), ["one", "a"]);
    assert.deepEqual(names(files, { files: ["compose.yaml"] }), ["a"]);
  });

  it("names the project as Compose does", () => {
    const name = (text: string, request = {}, more = {}) =>
      loaderOf({ [main]: text, ...more }, request).project().name;
    assert.equal(name(a("a")), "demo");
    assert.equal(name(`name: One\n${a("a")}---\nname: "\${X:-Two!}"\n`), "two");
    assert.equal(name("name: one\n", {}, { "/srv/demo/.env": "COMPOSE_PROJECT_NAME=two" }), "two");
    assert.equal(name("name: one\n", { projectName: "three" }), "three");
    assert.equal(name(a("a"), { projectDirectory: "../Other" }), "other");
    const bad = loaderOf({ [main]: a("a") }, { projectName: "My App" });
    assert.match(composeWords(bad)[0] ?? "", /^invalid project name "My App": must consist only/);
  });

  it("takes variables from the process, then env files, then .env", () => {
    const files = {
      [main]: 'name: "${A}-${B}-${C}"\n',
      "/srv/demo/.env": "A=e\nB=e\nC=e\n",
      "/srv/demo/x.env": "A=x\nB=x\nC=f\n",
    };
    const environment = new Map([["A", "p"]]);
    const name = (request: object) => loaderOf(files, { environment, ...request }).project().name;
    assert.equal(name({}), "p-e-e");
    assert.equal(name({ envFiles: ["x.env"] }), "p-x-f");
    assert.equal(
      name({
        environment: new Map([
          ["COMPOSE_DISABLE_ENV_FILE", "1"],
          ["A", "p"],
          ["B", "p"],
          ["C", "p"],
        ]),
      }),
      "p-p-p",
    );
    const missing = loaderOf(files, { envFiles: ["no.env"] });
    assert.equal(composeWords(missing)[0], "couldn't find env file: /srv/demo/no.env");
  });

  it("activates the profiles that are asked for, else those of COMPOSE_PROFILES", () => {
    const files = {
      [main]: "services: {a: {profiles: [p]}, b: {profiles: [q]}, c: {}}\n",
      "/srv/demo/.env": "COMPOSE_PROFILES=q, r\n",
    };
    const on = (request = {}) =>
      loaderOf(files, request)
        .project()
        .services.filter(({ enabled }) => enabled)
        .map(({ key }) => key);
    assert.deepEqual(on(), ["b", "c"]);
    assert.deepEqual(on({ profiles: ["p"] }), ["a", "c"]);
    assert.deepEqual(on({ profiles: ["*"] }), ["a", "b", "c"]);
  });
});
