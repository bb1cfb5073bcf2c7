/** Runs cases on a lab's engine with the real `docker compose`, several side by side. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Lab } from "../../lab/lab.mjs";
import { engineRootfs } from "../../lab/rootfs.mjs";
import { filesOf } from "./caseFiles";
import {
  type Slot,
  blocks,
  canonicalBlock,
  fromSlot,
  interfaceOf,
  projectOf,
  toSlot,
} from "./slots";

/** What the engine, or Compose before it, did with a case. */
export interface Outcome {
  readonly accepted: boolean;
  /** What Compose printed besides its progress, in the case's canonical names; empty when accepted. */
  readonly message: string;
}

/** The message of a case that hung, here or in the engine. */
export const didNotEnd = "docker compose did not end within 100 s";

const clientScript = fileURLToPath(new URL("../../lab/client.sh", import.meta.url));
const plugin = "/usr/libexec/docker/cli-plugins/docker-compose";
/** Reads `folder project` and answers with the exit code of an `up` there. The two settings of Go save half of its work. */
const upLoop = `while read -r folder project; do
  cd "/host$folder"
  GOGC=off GOMAXPROCS=1 timeout 100 ${plugin} -p "$project" up -d --pull never >out 2>&1 </dev/null
  echo "$?"
done`;

export class Worker {
  private readonly lab: Lab;
  private readonly lanes: Lane[];
  private block = 0;
  private stuck = false;
  /** Whether a case asked for `docker0`: engines up to 24 give it away and remove their default bridge for it. */
  private bridgeGivenAway = false;
  private free: number[];
  private readonly waiting: ((lane: number) => void)[] = [];

  private constructor(lab: Lab, lanes: Lane[]) {
    this.lab = lab;
    this.lanes = lanes;
    this.free = lanes.map((_, index) => index);
  }

  /** @param lanes - cases that run at the same time */
  static async start(lab: Lab, lanes: number): Promise<Worker> {
    const rootfs = await engineRootfs("sid");
    await makeInterfaces(lab, lanes);
    const worker = new Worker(
      lab,
      Array.from({ length: lanes }, () => new Lane(rootfs, lab.folder)),
    );
    await worker.restart();
    return worker;
  }

  /** Whether `restart` is due: the address blocks are used up, or the engine no longer answers or lacks its bridge. */
  get mustRestart(): boolean {
    return this.stuck || this.bridgeGivenAway || this.block >= blocks;
  }

  /** Runs a case in a block of its own; waits until a lane is free. */
  async run(text: string): Promise<Outcome> {
    const lane = this.free.pop() ?? (await new Promise<number>((take) => this.waiting.push(take)));
    try {
      if (this.mustRestart) throw new Error("the engine must be restarted");
      return await this.runIn(text, { lane, block: ++this.block });
    } finally {
      const next = this.waiting.shift();
      if (next !== undefined) next(lane);
      else this.free.push(lane);
    }
  }

  /** Runs a case that may use any address; no other may run. */
  async runAlone(text: string): Promise<Outcome> {
    // What a refused network left behind would be in the way.
    if (this.mustRestart || this.block > 0) await this.restart();
    const outcome = await this.runIn(text, { lane: 0, block: canonicalBlock });
    this.block = outcome.accepted ? 0 : 1;
    return outcome;
  }

  /** Runs a case as it is, on the engine as it is; no other may run. */
  runInPlace(text: string): Promise<Outcome> {
    return this.runIn(text, { lane: 0, block: canonicalBlock });
  }

  /** The engine forgets the pools that refused networks left behind. No case may run meanwhile. */
  async restart(): Promise<void> {
    await this.lab.stopEngine();
    await this.lab.startEngine();
    await this.lab.clear();
    this.block = 0;
    this.stuck = false;
    this.bridgeGivenAway = false;
  }

  /** Leaves the engine with the networks that it made for itself. */
  async stop(): Promise<void> {
    if (this.bridgeGivenAway) await this.restart();
    for (const lane of this.lanes) lane.stop();
  }

  private async runIn(text: string, slot: Slot): Promise<Outcome> {
    const lane = this.lanes[slot.lane];
    if (!lane) throw new Error("no such lane");
    const project = projectOf(slot.lane);
    this.bridgeGivenAway ||= text.includes("docker0");
    try {
      const { code, output } = await lane.up(toSlot(text, slot), project);
      if (code === 124) {
        this.stuck = true;
        return { accepted: false, message: didNotEnd };
      }
      const message = code === 0 ? "" : fromSlot(withoutProgress(output), slot);
      return { accepted: code === 0, message };
    } finally {
      if (!this.stuck) await this.remove(project);
    }
  }

  /** What `docker compose down` would do, and containers that it would wait for. */
  private async remove(project: string): Promise<void> {
    const label = `com.docker.compose.project=${project}`;
    const filter = encodeURIComponent(JSON.stringify({ label: [label] }));
    const list = async (path: string) =>
      (await this.lab.api("GET", path)).body as { readonly Id: string }[];
    const containers = await list(`/containers/json?all=1&filters=${filter}`);
    await Promise.all(
      containers.map(({ Id }) => this.lab.api("DELETE", `/containers/${Id}?force=1&v=1`)),
    );
    for (const { Id } of await list(`/networks?filters=${filter}`)) {
      const answer = await this.lab.api("DELETE", `/networks/${Id}`);
      if (answer.status >= 400) throw new Error(`a network of ${project} stays: ${Id}`);
    }
  }
}

/** A shell in the root folder of Compose, which saves the entering for each case. */
class Lane {
  private readonly folder = mkdtempSync(join(tmpdir(), "macvlan-differential-"));
  private readonly shell: ChildProcessWithoutNullStreams;
  private answer: ((code: number) => void) | undefined;
  private written: readonly string[] = [];

  constructor(rootfs: string, labFolder: string) {
    const words = ["--mount", clientScript, rootfs, labFolder, "sh", "-c", upLoop];
    this.shell = spawn("unshare", words, { cwd: this.folder });
    this.shell.stdout.setEncoding("utf8").on("data", (text: string) => this.answer?.(Number(text)));
    this.shell.stderr.pipe(process.stderr);
    this.shell.on("exit", () => this.answer?.(-1));
  }

  async up(text: string, project: string): Promise<{ code: number; output: string }> {
    for (const name of this.written) rmSync(join(this.folder, name), { force: true });
    const files = filesOf(text);
    for (const [name, own] of files) writeFileSync(join(this.folder, name), own);
    this.written = [...files.keys()];
    const code = await new Promise<number>((resolve) => {
      this.answer = resolve;
      this.shell.stdin.write(`${this.folder} ${project}\n`);
    });
    if (code < 0) throw new Error(`docker compose did not end: ${code}`);
    return { code, output: readFileSync(join(this.folder, "out"), "utf8") };
  }

  stop(): void {
    this.answer = undefined;
    this.shell.stdin.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The parents of the lanes, each a cable to nowhere; lane 0 has those of the lab. */
async function makeInterfaces(lab: Lab, lanes: number): Promise<void> {
  for (let lane = 1; lane < lanes; lane++) {
    for (const digit of [0, 1]) {
      const name = interfaceOf(lane, digit);
      const script =
        `ip link show ${name} >/dev/null 2>&1 || ` +
        `{ ip link add ${name} type veth peer name far${name} && ip link set ${name} up && ip link set far${name} up; }`;
      await lab.inLab(["sh", "-c", script]);
    }
  }
}

/** Where a case is, in messages; as `judge.ts` has it. */
const folderOfCase = "/case";

/**
 * Without lines such as ` Network case0_n0  Created`, the file's path, and the copy of an error that
 * Compose shows as a container's progress.
 */
export function withoutProgress(output: string): string {
  const text = output
    .replaceAll(/validating \S+\/(\w[\w.]*\.yaml)/g, "validating $1")
    .replaceAll(/\/host\/\S*?macvlan-differential-\w+/g, folderOfCase)
    .trim();
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*(?:Network|Container) \S+ +[A-Z][a-z]+\s*$/.test(line))
    .map((line) => line.replace(/^ ?(?:Network|Container) \S+ {2}/, "").trim());
  const message = lines.join("\n");
  const half = lines.length / 2;
  const first = lines.slice(0, half).join("\n");
  return first !== "" && first === lines.slice(half).join("\n") ? first : message;
}
