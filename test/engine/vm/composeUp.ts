/** The real `docker compose up` on the engine in the virtual machine. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Vm } from "../../lab/vm/suite.mjs";
import { type Outcome, withoutProgress } from "../differential/worker";

/** Runs the text as project `case0`; what it started stays. */
export async function composeUp(vm: Vm, text: string): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "macvlan-vm-case-"));
  try {
    writeFileSync(join(folder, "compose.yaml"), text);
    const words = ["-p", "case0", "up", "-d", "--pull", "never"];
    const result = await vm.tryCompose(words, folder, { timeout: 280_000 });
    if (result.stderr.includes("\nkilled by ")) throw new Error("docker compose did not end");
    const accepted = result.code === 0;
    return {
      accepted,
      message: accepted ? "" : withoutProgress(`${result.stdout}${result.stderr}`),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
