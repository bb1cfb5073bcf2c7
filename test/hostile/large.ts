/** Projects as large as they may be, and larger: beyond a limit one finding says where the analysis stops. */
import { maxVariablesLength, mostEntries, mostSubnets, mostTies } from "../../src/compose/limits";
import { type Hostile, main, service, single } from "./texts";

const tie = (i: number) => `10.${(i >> 8) & 255}.${i & 255}`;

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("");
}

const networks = (count: number, body: (i: number) => string) =>
  `networks:\n${lines(count, (i) => `  n${i}: ${body(i)}\n`)}`;
const subnet = (i: number) => `{ipam: {config: [{subnet: ${tie(i)}.0/24}]}}`;
const onOne = `services:\n${service("a", "    networks: [n1]\n")}`;
const subnets = (count: number) =>
  `networks:\n  n:\n    ipam:\n      config:\n${lines(count, (i) => `        - subnet: ${tie(i)}.0/24\n`)}`;
const onMany = (count: number) =>
  `services:\n${service("a", `    networks:\n${lines(count, (i) => `      n${i}: {ipv4_address: ${tie(i)}.9}\n`)}`)}` +
  networks(count, (i) => `{driver: macvlan, driver_opts: {parent: eth0}, ${subnet(i).slice(1)}`);
const same = (count: number) =>
  `services:\n${lines(count, (i) => service(`s${i}`, "    networks:\n      n:\n        ipv4_address: 10.0.0.2\n        mac_address: 02:42:ac:11:00:02\n"))}networks:\n  n:\n    ipam: {config: [{subnet: 10.0.0.0/24}]}\n`;
const inBraces = (count: number) => `services: {${lines(count, (i) => `s${i}: {image: x}, `)}}\n`;

const variables = (length: number) => lines(length / 10, (i) => `V${String(i).padEnd(6, "x")}=v\n`);
const withVariables = (name: string, env: string, says?: RegExp): Hostile => ({
  name,
  files: { [main]: `name: "\${V1xxxxx:-x}"\nservices:\n${service("a")}`, "/srv/demo/.env": env },
  ...(says ? { says } : {}),
});

/** The size is no less in a quick run: the limits would not be met. */
export function largeProjects(): Hostile[] {
  return [...upToLimits(), ...beyondLimits()];
}

function upToLimits(): Hostile[] {
  const { services: most, networks: mostNetworks } = mostEntries;
  return [
    single("most services", `services:\n${lines(most, (i) => service(`s${i}`))}`),
    single("most services in braces", inBraces(most)),
    single("most networks", onOne + networks(mostNetworks, () => "{}")),
    single("most networks with subnets", onOne + networks(mostNetworks, subnet)),
    single("most networks of one service", onMany(mostTies)),
    single(
      "one subnet in most networks",
      onOne + networks(mostNetworks, () => "{ipam: {config: [{subnet: 10.0.0.0/8}]}}"),
    ),
    single(
      "most subnets of one network",
      `services:\n${service("a", "    networks: [n]\n")}${subnets(mostSubnets)}`,
    ),
    single(
      "most subnets of one network for 1,000 services",
      `services:\n${lines(1000, (i) => service(`s${i}`, `    networks:\n      n: {ipv4_address: ${tie(i)}.9}\n`))}${subnets(mostSubnets)}`,
    ),
    single("one address in many services", same(1500)),
    withVariables("most variables", variables(maxVariablesLength)),
  ];
}

function beyondLimits(): Hostile[] {
  const { services: most, networks: mostNetworks } = mostEntries;
  const entries = /keys and list items; only files up to that/;
  const brackets = /more than 20000 items in one pair of brackets/;
  return [
    single(
      "100,000 services",
      `services:\n${lines(100_000, (i) => service(`s${i}`))}`,
      /more than 6000 services; only files up to that/,
    ),
    single("60,000 services in braces", inBraces(60_000), brackets),
    single("40,000 services in braces", inBraces(40_000), brackets),
    single(
      "100,000 networks",
      onOne + networks(100_000, () => "{}"),
      /more than 1000 networks; only files up to that/,
    ),
    single(
      "50,000 networks with subnets",
      onOne + networks(50_000, subnet),
      /more than 1000 networks; only files up to that/,
    ),
    single(
      "5,000 networks on one service",
      onMany(5000),
      /more than 1000 networks; only files up to that/,
    ),
    single(
      "most networks on one service",
      onMany(mostNetworks),
      /has 1000 networks; only services with up to 500/,
    ),
    single(
      "5,000 subnets in one network for 1,000 services",
      `services:\n${lines(1000, (i) => service(`s${i}`, `    networks:\n      n: {ipv4_address: ${tie(i)}.9}\n`))}${subnets(5000)}`,
      /has 5000 subnets; only networks with up to 1000/,
    ),
    single("one address in more services", same(most + 1), /more than 6000 services/),
    single("list in brackets of 3.9 MB", `x: [${"a, ".repeat(1_300_000)}]\n`, brackets),
    single("list of 3.9 MB", `x:\n${"- a\n".repeat(975_000)}`, entries),
    single(
      "1 MB of one service again and again",
      `services:\n${service("a").repeat(50_000)}`,
      /more than 6000 services; only files up to that/,
    ),
    withVariables("10 MB .env", variables(10_000_000), /only files of variables up to 1000000/),
    {
      name: "10 MB env_file",
      files: {
        [main]: `services:\n${service("a", "    env_file: [big.env]\n")}`,
        "/srv/demo/big.env": variables(10_000_000),
      },
      says: /only files of variables up to 1000000/,
    },
    {
      name: "10 MB .env of an included project",
      files: {
        [main]: "include: [b/compose.yaml]\n",
        "/srv/demo/b/compose.yaml": `services:\n${service("a")}`,
        "/srv/demo/b/.env": variables(10_000_000),
      },
      says: /only files of variables up to 1000000/,
    },
    {
      name: "most services, each file",
      files: {
        [main]: `include: [${lines(5, (i) => `f${i}.yaml, `)}]\n`,
        ...Object.fromEntries(
          Array.from({ length: 5 }, (_, file) => [
            `/srv/demo/f${file}.yaml`,
            `services:\n${lines(most / 4, (i) => service(`s${file}-${i}`))}`,
          ]),
        ),
      },
      says: /has 7500 services; only the first 6000/,
    },
  ];
}
