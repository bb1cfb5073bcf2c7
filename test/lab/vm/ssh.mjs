// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("./vm.mjs").Vm} Vm */

/**
 * An `ssh` that reads none of the user's files, for `vm.sshHost`: put its folder first on the PATH, or give it to what starts
 * ssh. It waits longer for the emulated server than others do.
 * @param {Vm} vm
 * @param {object} [options]
 * @param {"known" | "unknown" | "changed"} [options.hostKey] what it knows of the server: its key, nothing, another key
 * @param {"accepted" | "refused"} [options.login] which key it has
 * @returns the path of the program
 */
export function sshProgram(vm, { hostKey = "known", login = "accepted" } = {}) {
  const folder = join(vm.folder, `ssh-${hostKey}-${login}`);
  mkdirSync(folder, { recursive: true });
  const [place = ""] = vm.knownHost.split(" ");
  const another = readFileSync(join(vm.keys, "other_ed25519.pub"), "utf8").trim();
  const known = { known: vm.knownHost, unknown: "", changed: `${place} ${another}` };
  writeFileSync(join(folder, "known_hosts"), `${known[hostKey]}\n`);
  const key = join(vm.keys, login === "accepted" ? "id_ed25519" : "other_ed25519");
  const config = `IdentityFile ${key}
IdentitiesOnly yes
IdentityAgent none
UserKnownHostsFile ${join(folder, "known_hosts")}
GlobalKnownHostsFile /dev/null
`;
  writeFileSync(join(folder, "config"), config);
  const program = join(folder, "ssh");
  // The first value of an option counts.
  const script = `#!/bin/sh\nexec /usr/bin/ssh -F '${join(folder, "config")}' -o ConnectTimeout=120 "$@"\n`;
  writeFileSync(program, script, { mode: 0o755 });
  return program;
}
