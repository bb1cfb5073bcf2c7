/** Runs the real `docker compose config`, to compare with. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { atExit } from "../lab/cleanup.mjs";
import { attempt } from "../lab/process.mjs";
import { engineRootfs } from "../lab/rootfs.mjs";

/** How a project is loaded. */
export interface Invocation {
  /** Before `config`: `-f`, `--profile`, `--env-file`, `-p`, `--project-directory`. */
  readonly arguments?: readonly string[];
  /** All there is besides PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The working folder, below the project's. */
  readonly folder?: string;
}

/** What Compose prints, or why it refuses. */
export type Answer = { readonly config: unknown } | { readonly error: string };

export interface FolderCopy {
  config(invocation: Invocation): Promise<Answer>;
  remove(): void;
}

const program = "/usr/libexec/docker/cli-plugins/docker-compose";

/**
 * Compose of an engine's root folder; no daemon is needed. It gets a copy of each folder under the
 * same name, which may become the project's; in messages the copy stands as `/NAME`.
 */
export class RealCompose {
  private readonly rootfs: string;
  private readonly home: string;
  private readonly forget: () => void;
  private count = 0;

  /** Throws where Compose cannot be run: it takes Linux and root. */
  static async open(): Promise<RealCompose> {
    if (process.platform !== "linux" || process.getuid?.() !== 0) {
      throw new Error("Compose is run in a root folder by chroot, which needs Linux and root");
    }
    return new RealCompose(await engineRootfs("sid"));
  }

  private constructor(rootfs: string) {
    this.rootfs = rootfs;
    const home = mkdtempSync(join(rootfs, "tmp", "compare-"));
    this.home = home;
    this.forget = atExit(() => {
      rmSync(home, { recursive: true, force: true });
    });
  }

  close(): void {
    rmSync(this.home, { recursive: true, force: true });
    this.forget();
  }

  async version(): Promise<string> {
    return (await this.run(this.home, ["version", "--short"], {})).stdout.trim();
  }

  /** Copies a folder for Compose to read. */
  copy(folder: string): FolderCopy {
    const place = join(this.home, String(++this.count));
    mkdirSync(place);
    cpSync(folder, join(place, basename(folder)), { recursive: true });
    return {
      config: (invocation) => this.config(place, basename(folder), invocation),
      remove: () => {
        rmSync(place, { recursive: true, force: true });
      },
    };
  }

  private async config(place: string, name: string, invocation: Invocation): Promise<Answer> {
    // The files of `env_file` are often not there, and say nothing of networks.
    const options = ["config", "--format", "json", "--no-env-resolution"];
    const { code, stdout, stderr } = await this.run(
      join(place, name, invocation.folder ?? "."),
      [...(invocation.arguments ?? []), ...options],
      invocation.environment ?? {},
    );
    if (code === 0) return { config: JSON.parse(stdout) as unknown };
    return { error: withoutLog(stderr).replaceAll(this.inside(`${place}/`), "/") };
  }

  private run(folder: string, words: readonly string[], environment: Record<string, string>) {
    const variables = Object.entries({ PATH: "/usr/bin:/bin", HOME: "/root", ...environment });
    return attempt([
      ...["chroot", this.rootfs, "/usr/bin/env", "-i"],
      ...variables.map(([name, value]) => `${name}=${value}`),
      ...["/bin/sh", "-c", `cd "$0" && exec ${program} "$@"`, this.inside(folder), ...words],
    ]);
  }

  private inside(path: string): string {
    return path.slice(this.rootfs.length);
  }
}

/** The refusal itself, without the lines of Compose's log. */
function withoutLog(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => !/^time="[^"]*" level=/.test(line));
  return lines.join("\n").trim();
}
