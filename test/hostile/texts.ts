/** Projects that are made to hurt: deep, long, circular, broken. Each a set of files, the first the main one. */

export interface Hostile {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the findings must say when it cannot be analysed to its end: part of a message. */
  readonly says?: RegExp;
}

/** Messages about a text that is no YAML or goes too far. */
const stops =
  /deeper|not valid YAML|Compose refuses|only files up to|cannot|control char|twice|must be/i;
const tooLong = /only files up to/;
export const main = "/srv/demo/compose.yaml";

export function single(name: string, text: string, says?: RegExp): Hostile {
  return { name, files: { [main]: text }, ...(says ? { says } : {}) };
}

export const service = (name: string, body = "") => `  ${name}:\n    image: x\n${body}`;

/** `scale` 1 is everything; smaller for a quick run. */
export function hostileTexts(scale = 1): Hostile[] {
  const depths = [1000, 5000, 20_000, 50_000].map((depth) =>
    Math.max(200, Math.round(depth * scale)),
  );
  return [
    ...depths.flatMap(nested),
    ...longOnes(scale),
    ...circular(scale),
    ...oddBytes(scale),
    ...variableTexts(scale),
  ];
}

function nested(depth: number): Hostile[] {
  const kinds: Record<string, string> = {
    "block mappings": Array.from(
      { length: Math.min(depth, 2500) },
      (_, i) => `${" ".repeat(i)}a:\n`,
    ).join(""),
    "block lists": Array.from(
      { length: Math.min(depth, 2500) },
      (_, i) => `${" ".repeat(i)}-\n`,
    ).join(""),
    "dashes on one line": `a: \n${"- ".repeat(depth)}x\n`,
    "question marks": `${"? ".repeat(depth)}x\n`,
    "question marks without an end": "? ".repeat(depth),
    "keys on one line": "a: ".repeat(depth),
    brackets: `a: ${"[".repeat(depth)}${"]".repeat(depth)}\n`,
    "brackets without an end": `a: ${"[".repeat(depth)}\nservices:\n${service("a")}`,
    braces: `a: ${"{a: ".repeat(depth)}${"}".repeat(depth)}\n`,
    "braces without an end": `a: ${"{".repeat(depth)}`,
    "template braces": `a: ${"{{".repeat(depth)}\n`,
    "closing brackets": `a: ${"]".repeat(depth)}\n`,
    "brackets and braces": `a: ${"[{a: ".repeat(depth)}`,
    "anchors on one line": `a: ${"&a ".repeat(depth)}x\n`,
    "tags on one line": `a: ${"!t ".repeat(depth)}x\n`,
    "quotes of both kinds": `a: ${`"'`.repeat(depth)}\n`,
    "quotes without an end": `a: "${"'".repeat(depth)}\nservices:\n${service("a")}`,
    "escapes without an end": `a: "${"\\".repeat(depth)}`,
    "lists of lists, each on a line": "- - - -\n".repeat(depth),
    "lines with an open bracket": "a: [\n".repeat(depth),
    "lines with an open quote": `a: "x\n`.repeat(depth),
    "lines with an open quote between others": `- 'x\n- [b\n- {c\n`.repeat(depth),
    "block scalars": `a:\n${" - |\n  b\n".repeat(depth)}`,
    "block scalar headers": `a: ${"|".repeat(depth)}\n`,
    "blanks before a break": `a: "${" ".repeat(depth)}x\n${" ".repeat(depth)}\n\n"\n`,
    "empty lines in a quoted text": `a: "${"\n".repeat(depth)}"\n`,
    "variables in defaults": `name: ${"${A:-".repeat(depth)}x${"}".repeat(depth)}\nservices:\n${service("a", `    networks: [n]\n`)}networks:\n  n:\n    ipam: {config: [{subnet: "${"${A:-".repeat(depth)}10.0.0.0/24${"}".repeat(depth)}"}]}\n`,
    "variables without an end": `name: ${"${A:-".repeat(depth)}\nservices:\n${service("a")}`,
    dollars: `services:\n${service("a", `    mac_address: ${"$".repeat(depth)}\n`)}`,
  };
  const fine =
    /block scalars|empty lines|blanks before|variables in defaults|dollars|template|lines with an open quote$/;
  return Object.entries(kinds).map(([name, text]) =>
    single(`${name}, ${depth}`, text, fine.test(name) ? undefined : stops),
  );
}

function longOnes(scale: number): Hostile[] {
  const many = (count: number) => Math.max(50, Math.round(count * scale));
  const list = (count: number, line: (i: number) => string) =>
    Array.from({ length: many(count) }, (_, i) => line(i)).join("");
  const levels = Array.from({ length: 30 }, (_, i) =>
    i === 0 ? "x-0: &a0 {k: v}\n" : `x-${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}]\n`,
  ).join("");
  const merges = Array.from({ length: 30 }, (_, i) =>
    i === 0
      ? "x-0: &m0 {k0: v}\n"
      : `x-${i}: &m${i}\n  <<: [${`*m${i - 1}, `.repeat(9)}]\n  k${i}: v\n`,
  ).join("");
  const tie = (i: number) => `${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
  return [
    single("10 MB", `services:\n${service("a").repeat(400_000)}`, tooLong),
    single("4 MB on one line", `a: ${"x ".repeat(many(1_990_000))}\n`),
    single("4 MB of blank lines", "\n".repeat(many(3_990_000))),
    single("4 MB of comments", "# c\n".repeat(many(990_000))),
    single("2 MB of a key", `${"k".repeat(many(2_000_000))}: x\n`, stops),
    single(
      "2 MB of an address",
      `services:\n${service("a", `    networks:\n      n:\n        ipv4_address: ${"1.".repeat(many(1_000_000))}\n`)}networks:\n  n: {}\n`,
    ),
    single("alias bomb of lists", `${levels}services:\n${service("a", "    networks: *a29\n")}`),
    single("alias bomb of merges", `${merges}services:\n  a:\n    <<: *m29\n    image: x\n`),
    single(
      "aliases of one anchor",
      `x: &a {image: x}\nservices:\n${list(3000, (i) => `  s${i}: *a\n`)}`,
    ),
    single(
      "anchors of one name",
      `x: &a {image: x}\nservices:\n${list(3000, (i) => `  s${i}: &a\n    <<: *a\n`)}`,
    ),
    single(
      "auxiliary addresses",
      `services:\n${service("a", "    networks: [n]\n")}networks:\n  n:\n    ipam:\n      config:\n        - subnet: 10.0.0.0/8\n          aux_addresses:\n${list(10_000, (i) => `            h${i}: 10.${tie(i)}\n`)}`,
    ),
    single(
      "documents",
      list(3000, (i) => `---\nservices:\n  s${i}: {image: x}\n`),
    ),
    single(
      "replicas",
      `services:\n${service("a", "    scale: 999999999\n    networks:\n      n: {ipv4_address: 10.0.0.2}\n")}networks:\n  n:\n    ipam: {config: [{subnet: 10.0.0.0/8, ip_range: 10.0.0.0/9}]}\n`,
    ),
    single(
      "ports of one service",
      `services:\n${service("a", `    ports:\n${list(20_000, (i) => `      - "${i}:${i}"\n`)}`)}`,
    ),
  ];
}

function circular(scale: number): Hostile[] {
  const length = Math.max(50, Math.round(1500 * scale));
  const chain = (next: (i: number) => string) =>
    Array.from({ length }, (_, i) => service(`s${i}`, next(i))).join("");
  const file = (i: number) => `/srv/demo/f${i}.yaml`;
  const files = (text: (i: number) => string) =>
    Object.fromEntries(Array.from({ length }, (_, i) => [file(i), text(i)]));
  return [
    single("merge of itself", "x: &a\n  <<: *a\nservices:\n  s: &b\n    image: x\n    <<: *b\n"),
    single(
      "merge cycle",
      "x: &a {<<: *b}\ny: &b {<<: *a}\nservices:\n  s: {<<: [*a, *b], image: x}\n",
      /anchor/,
    ),
    single("alias to itself", "services: &a\n  s: *a\n"),
    single(
      "extends itself",
      `services:\n${service("a", "    extends: a\n")}`,
      /ircular|cycle|itself/,
    ),
    single(
      "extends in a circle",
      `services:\n${chain((i) => `    extends: s${(i + 1) % length}\n`)}`,
      /ircular|cycle|itself/,
    ),
    single(
      "chain of extends",
      `services:\n${chain((i) => (i === 0 ? "" : `    extends: s${i - 1}\n`))}`,
    ),
    {
      name: "include of itself",
      files: { [main]: `include: [compose.yaml]\nservices:\n${service("a")}` },
      says: /in a circle/,
    },
    {
      name: "include in a circle",
      files: {
        [main]: "include: [f0.yaml]\n",
        ...files((i) => `include: [f${(i + 1) % length}.yaml]\n`),
      },
      says: /in a circle|followed/,
    },
    {
      name: "chain of includes",
      files: {
        [main]: "include: [f0.yaml]\n",
        ...files((i) => `include: [f${i + 1}.yaml]\nservices:\n${service(`s${i}`)}`),
      },
      ...(length > 100 && { says: /100 files deep/ }),
    },
    {
      name: "file that is extended by thousands",
      files: {
        [main]: `services:\n${chain(() => "    extends: {file: base.yaml, service: b}\n")}`,
        "/srv/demo/base.yaml": `services:\n${service("b")}`,
      },
    },
  ];
}

function oddBytes(scale: number): Hostile[] {
  const good = `services:\n${service("a", "    networks:\n      n: {ipv4_address: 10.0.0.2}\n")}networks:\n  n:\n    ipam: {config: [{subnet: 10.0.0.0/24}]}\n`;
  let seed = 1;
  const noise = Array.from({ length: Math.round(200_000 * scale) + 100 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return String.fromCharCode(seed >>> 24);
  }).join("");
  return [
    single("empty", ""),
    single("one line break", "\n"),
    single("binary", noise, stops),
    single("ELF", `\x7fELF\x02\x01\x01${"\0".repeat(500)}`, stops),
    single("a NUL in a good file", good.replace("image: x", "image: x\0y"), stops),
    single("half surrogate pairs", good.replace("image: x", "image: \ud800 \udc00 \udfff")),
    single("half a surrogate pair in a key", good.replaceAll(" n:", " n\ud83d:")),
    single("lines that end in CRLF", good.replaceAll("\n", "\r\n")),
    single("lines that end in CR", good.replaceAll("\n", "\r")),
    single("byte-order mark", `\uFEFF${good}`),
    single("byte-order marks", `\uFEFF`.repeat(1000) + good),
    single("tabs for blanks", good.replaceAll("  ", "\t"), stops),
    single("a tab for a line", good.replace("    image", "\t\n    image"), stops),
    single("Unicode's line separators", good.replaceAll("\n", "\u2028")),
    single("right to left", good.replaceAll("a:", "\u202ea\u202c:")),
    single(
      "prototype keys",
      `__proto__: {a: b}\nservices:\n  __proto__: {image: x}\n  constructor: {image: x, networks: {toString: {}, hasOwnProperty: {}}}\nnetworks:\n  toString: {}\n  __proto__: {}\n`,
    ),
  ];
}

function variableTexts(scale: number): Hostile[] {
  const many = (count: number) => Math.max(50, Math.round(count * scale));
  const image = (value: string) => `services:\n  a:\n    image: ${value}\n`;
  const withEnv = (name: string, env: string, says?: RegExp): Hostile => ({
    name,
    files: { [main]: `name: "\${V1:-x}"\n${image("x")}`, "/srv/demo/.env": env },
    ...(says ? { says } : {}),
  });
  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: many(count) }, (_, i) => line(i)).join("");
  return [
    single("variables that are not set", image("$B".repeat(many(100_000))), /"B" is set neither/),
    single(
      "variables that are not set in defaults in each other",
      image(`${"${A:-".repeat(90)}${"$B".repeat(many(100_000))}${"}".repeat(90)}`),
      /"B" is set neither/,
    ),
    single("defaults side by side", image("${B:-x}".repeat(many(100_000)))),
    single(
      "defaults of which few close",
      image(`${"${B:-".repeat(many(100_000))}${"}".repeat(200)}`),
    ),
    withEnv(
      ".env of many variables",
      lines(50_000, (i) => `V${i}=value\n`),
    ),
    withEnv(
      ".env that doubles its text line by line",
      `V0=x\n${lines(1000, (i) => `V${i + 1}=\${V${i}}\${V${i}}\n`)}`,
    ),
    withEnv(
      ".env with a quote without an end",
      `A="${"x".repeat(many(900_000))}`,
      /cannot read this file/,
    ),
    withEnv(".env that is binary", "\0\x01\xff=\n".repeat(many(200_000)), /cannot read this file/),
  ];
}
