// @ts-check
/**
 * The compose files that speed is measured on: seeded, always the same text. Anchors, merge keys,
 * variables with defaults, static IPv4 and IPv6 addresses, MACs; about one service in a hundred has
 * the address of the one before it.
 */

/** Services and networks. @type {Record<string, [services: number, networks: number]>} */
export const sizes = { S: [10, 2], M: [100, 10], L: [1000, 50], XL: [5000, 100] };

const head = `name: bench
x-base: &base
  restart: unless-stopped
  logging:
    driver: json-file
    options:
      max-size: \${LOG_SIZE:-5m}
x-probe: &probe
  interval: 20s
  timeout: 4s
  retries: 5
services:
`;
const images = [
  "nginx:1.27",
  "redis:7",
  "postgres:16",
  "eclipse-mosquitto:2",
  "grafana/grafana:11.2.0",
];

/**
 * @param {number} services
 * @param {number} networks
 * @returns {string}
 */
export function workload(services, networks, seed = 7) {
  const random = generator(seed);
  const chance = (/** @type {number} */ share) => random() < share;
  const below = (/** @type {number} */ bound) => Math.floor(random() * bound);
  const lines = [];
  /** Next host number of each network; 1 is the gateway. */
  const next = new Array(networks).fill(10);
  for (let i = 0; i < services; i++) {
    const main = below(networks);
    const other = (main + 1 + below(networks - 1)) % networks;
    const collides = chance(0.01) && next[main] > 10;
    const host = collides ? next[main] - 1 : next[main]++;
    lines.push(`  app-${i}:`);
    if (chance(0.75)) lines.push("    <<: *base");
    lines.push(
      chance(0.3)
        ? `    image: \${REGISTRY:-docker.io}/team/app-${i}:\${TAG:-latest}`
        : `    image: ${images[below(images.length)]}`,
    );
    if (chance(0.2)) lines.push(`    container_name: "app-${i}"`);
    if (chance(0.6))
      lines.push("    environment:", `      INDEX: "${i}"`, "      STAGE: ${STAGE:-live}");
    if (chance(0.5))
      lines.push("    labels:", `      - org.example.index=${i}`, "      - org.example.kind=app");
    if (chance(0.4)) lines.push("    volumes:", `      - ./data/${i}:/data # state`);
    if (i > 0 && chance(0.2)) lines.push("    depends_on:", `      - app-${below(i)}`);
    if (chance(0.15)) lines.push("    ports:", `      - "${10000 + i}:8080"`);
    if (chance(0.1))
      lines.push("    healthcheck:", "      <<: *probe", "      test: [CMD, /probe]");
    const address = v4(main, host);
    const written = chance(0.05) ? `\${ADDRESS_${i}:-${address}}` : address;
    lines.push("    networks:", `      net-${main}:`, `        ipv4_address: ${written}`);
    if (chance(0.5))
      lines.push(`        ipv6_address: fd12:0:0:${main.toString(16)}::${host.toString(16)}`);
    if (chance(0.5)) lines.push(`        mac_address: "${mac(main, host)}"`);
    if (chance(0.6)) {
      lines.push(`      net-${other}:`, `        ipv4_address: ${v4(other, next[other]++)}`);
      if (chance(0.3)) lines.push("        aliases:", `          - alias-${i}`);
    }
  }
  lines.push("networks:");
  for (let n = 0; n < networks; n++) {
    lines.push(`  net-${n}:`);
    if (chance(0.3))
      lines.push("    driver: macvlan", "    driver_opts:", `      parent: eth0.${n + 10}`);
    lines.push("    enable_ipv6: true", "    ipam:", "      config:");
    lines.push(`        - subnet: 10.${n}.0.0/16`, `          gateway: 10.${n}.0.1`);
    if (chance(0.3)) lines.push(`          ip_range: 10.${n}.128.0/17`);
    lines.push(`        - subnet: fd12:0:0:${n.toString(16)}::/64`);
  }
  return `${head}${lines.join("\n")}\n`;
}

/**
 * The text without anchors, aliases and merge keys, for programs that give up on many of them.
 * @param {string} text
 */
export function withoutAliases(text) {
  return text.replaceAll(/^ +<<: \*\w+\n/gm, "").replaceAll(/ &\w+$/gm, "");
}

/**
 * Where one character is typed: behind the first octet of a static address of the service in the middle of the file.
 * @param {string} text
 */
export function insideMiddleAddress(text) {
  const services = [...text.matchAll(/^ {2}app-\d+:$/gm)];
  const middle = services[services.length >> 1]?.index ?? 0;
  const address = /ipv4_address: 10/g;
  address.lastIndex = middle;
  if (!address.exec(text)) throw new Error("no address behind the middle of the file");
  return address.lastIndex;
}

/** @param {number} network @param {number} host */
function v4(network, host) {
  return `10.${network}.${host >> 8}.${host & 255}`;
}

/** @param {number} network @param {number} host */
function mac(network, host) {
  return [2, 66, 10, network, host >> 8, host & 255]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join(":");
}

/**
 * Numbers from 0 to 1 (a linear congruential generator, Numerical Recipes' constants).
 * @param {number} seed
 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
