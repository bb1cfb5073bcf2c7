/** Runs the command line as a process of its own, from a bundle like the one that is shipped. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const project = join(import.meta.dirname, "../../..");

export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Call inside `describe`: a folder for each test, and `run` in it. */
export function useCli() {
  const home = mkdtempSync(join(tmpdir(), "macvlan-cli-"));
  const bundle = join(home, "cli.js");
  let folder = "";
  let count = 0;

  before("bundle the command line", async function () {
    this.timeout(30_000);
    await build({
      entryPoints: [join(project, "src/cli.ts")],
      outfile: bundle,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      logLevel: "error",
    });
  });
  beforeEach(() => {
    folder = join(home, `project-${String(++count)}`);
    mkdirSync(folder);
  });
  after(() => {
    rmSync(home, { recursive: true, force: true });
  });

  return {
    get folder() {
      return folder;
    },
    /** Writes a file of the folder, as text or as bytes, and returns its path. */
    write(name: string, content: string | Uint8Array): string {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    /** Runs in the folder, with only these variables besides PATH. */
    run(args: readonly string[], env: Record<string, string> = {}): CliRun {
      const result: SpawnSyncReturns<string> = spawnSync(process.execPath, [bundle, ...args], {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], ...env },
        timeout: 20_000,
      });
      return { code: result.status, out: result.stdout, err: result.stderr };
    },
  };
}

export const duplicate = `services:
  web:
    image: nginx
    networks:
      lan:
        ipv4_address: 192.168.7.10
  dns:
    image: pihole
    networks:
      lan:
        ipv4_address: 192.168.7.10
networks:
  lan:
    driver: macvlan
    driver_opts:
      parent: eth0
    ipam:
      config:
        - subnet: 192.168.7.0/24
          gateway: 192.168.7.1
`;

export const clean = duplicate.replace("192.168.7.10\nnetworks", "192.168.7.11\nnetworks");
