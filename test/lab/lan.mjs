// @ts-check
import { attempt, run } from "./process.mjs";

/**
 * The lab's LANs: each is one cable (a veth pair) between the Docker host and the router. The host's end is a parent
 * for macvlan networks. Addresses and MACs are fixed, so that tests and pictures can name them.
 */
export const lans = /** @type {const} */ ([
  {
    parent: "lan0",
    host: "192.168.50.10",
    router: "192.168.50.1",
    host6: "fd00:50::10",
    router6: "fd00:50::1",
    mac: "50",
  },
  {
    parent: "lan1",
    host: "192.168.60.10",
    router: "192.168.60.1",
    host6: "fd00:60::10",
    router6: "fd00:60::1",
    mac: "60",
  },
]);

/**
 * Makes the two network namespaces, host and router, and the cables between them. Nothing leaves the machine: the router
 * has no other interface, and answers "unreachable" at once for everything else.
 * @param {string} host name of the Docker host's namespace
 * @param {string} router name of the router's namespace
 */
export async function makeLans(host, router) {
  await run(["ip", "netns", "add", host]);
  await run(["ip", "netns", "add", router]);
  const inHost = /** @param {string[]} words */ (...words) => run(["ip", "-n", host, ...words]);
  const inRouter = /** @param {string[]} words */ (...words) => run(["ip", "-n", router, ...words]);
  await inHost("link", "set", "lo", "up");
  await inRouter("link", "set", "lo", "up");
  for (const lan of lans) {
    const mac = `52:54:00:00:${lan.mac}`;
    await inHost(
      ..."link add".split(" "),
      lan.parent,
      "address",
      `${mac}:10`,
      "type",
      "veth",
      "peer",
      "name",
      lan.parent,
      "address",
      `${mac}:01`,
      "netns",
      router,
    );
    await inHost("address", "add", `${lan.host}/24`, "brd", "+", "dev", lan.parent);
    await inRouter("address", "add", `${lan.router}/24`, "brd", "+", "dev", lan.parent);
    // A kernel without IPv6 is no reason to have no lab.
    await attempt([
      "ip",
      "-n",
      host,
      "address",
      "add",
      `${lan.host6}/64`,
      "dev",
      lan.parent,
      "nodad",
    ]);
    await attempt([
      "ip",
      "-n",
      router,
      "address",
      "add",
      `${lan.router6}/64`,
      "dev",
      lan.parent,
      "nodad",
    ]);
    await inHost("link", "set", lan.parent, "up");
    await inRouter("link", "set", lan.parent, "up");
  }
  await inHost("route", "add", "default", "via", lans[0].router, "dev", lans[0].parent);
  await run([...enterNamespace(router), "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]);
}

/**
 * Words before a command that put it into a network namespace, with a /sys that shows that namespace's interfaces.
 * (`ip netns exec` would do the same, but hides the control groups, and fails where the devices group is not mounted.)
 * Every step replaces the one before by exec, so the process id of the command is the one that was started.
 * @param {string} name
 * @returns {string[]}
 */
export function enterNamespace(name) {
  // Once the new /sys covers them, the control groups are reached through the working folder: not by their path, which
  // mount would make of the dot.
  const script = [
    "cd /sys/fs/cgroup",
    "mount -t sysfs sysfs /sys",
    "mount --no-canonicalize --rbind . /sys/fs/cgroup",
    'cd "$OLDPWD"',
    'exec "$@"',
  ].join(" && ");
  return ["nsenter", `--net=/run/netns/${name}`, "unshare", "--mount", "sh", "-c", script, "enter"];
}
