// @ts-check
import { ensurePrograms, whyNoApt } from "../apt.mjs";
import { hasProgram } from "../process.mjs";

/** What a virtual machine uses of this one. Docker Compose comes in the root folder of an engine. */
const programs = {
  "qemu-system-x86_64": "qemu-system-x86",
  "mkfs.ext4": "e2fsprogs",
  debootstrap: "debootstrap",
  unshare: "util-linux",
  setpriv: "util-linux",
  ps: "procps",
  openssl: "openssl",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
};

/**
 * Why no virtual machine can be started here, or undefined when it can. Installs the tools it misses. KVM is not needed:
 * the processor is emulated.
 * @returns {Promise<string | undefined>}
 */
export async function whyNoVm() {
  if (process.platform !== "linux")
    return `the virtual machine is built on Linux, this is ${process.platform}`;
  if (process.arch !== "x64") return `the virtual machine is one for x64, this is ${process.arch}`;
  if (process.getuid?.() !== 0) return "making the disk of the virtual machine needs root";
  const absent = Object.keys(programs).filter((name) => !hasProgram(name));
  if (absent.length === 0) return undefined;
  const reason = whyNoApt();
  if (reason) return `${absent.join(", ")} missing and ${reason}`;
  try {
    await ensurePrograms(programs);
  } catch (error) {
    return `${absent.join(", ")} cannot be installed: ${/** @type {Error} */ (error).message.split("\n")[0]}`;
  }
  return undefined;
}
