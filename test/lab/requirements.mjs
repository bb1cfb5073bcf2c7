// @ts-check
import { ensurePrograms, whyNoApt } from "./apt.mjs";
import { attempt, hasProgram } from "./process.mjs";

/** What the lab uses of the machine itself; the engines and Compose come in root folders of their own. */
const programs = {
  ip: "iproute2",
  nsenter: "util-linux",
  unshare: "util-linux",
  ps: "procps",
  debootstrap: "debootstrap",
};

/**
 * Why no lab can be started on this machine, or undefined when it can. Installs the tools it misses.
 * The lab is a Docker Engine, so it needs what an engine needs: Linux, root, and macvlan in the kernel.
 * @returns {Promise<string | undefined>}
 */
export async function whyNoLab() {
  if (process.platform !== "linux") return `the lab needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "the lab needs root (network namespaces, mounts, dockerd)";
  const absent = Object.keys(programs).filter((name) => !hasProgram(name));
  if (absent.length > 0) {
    const reason = whyNoApt();
    if (reason) return `${absent.join(", ")} missing and ${reason}`;
    await ensurePrograms(programs);
  }
  return whyNoMacvlan();
}

/** Makes a macvlan device in a network namespace that ends with the command. */
async function whyNoMacvlan() {
  const script =
    "ip link add t0 type veth peer name t1 && ip link add link t0 name t2 type macvlan mode bridge";
  const { code, stderr } = await attempt(["unshare", "--net", "sh", "-c", script]);
  return code === 0 ? undefined : `the kernel gives no macvlan device: ${stderr.trim()}`;
}
