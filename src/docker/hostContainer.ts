/**
 * A container that reads the engine's host from inside, for a moment: what is asked of the engine for it, in
 * which order, and that nothing of it stays.
 */
import { list, record, text } from "../model/json";
import { type Clock, systemClock } from "./clock";
import { EngineError } from "./engineClient";
import { execOutput } from "./execOutput";

/** Label of these containers; its value is when they were made, in milliseconds of this machine's clock. */
export const hostReaderLabel = "vscode.macvlan.host-reader";

/** Milliseconds that the script may take, and after which a container that is still there was left behind. */
const limitMs = 20_000;
const leftAfterMs = 60_000;
/** How often, and milliseconds apart, the removal of one that is already going is asked for. */
const mostRemovals = 50;
const removalMs = 100;
const outputBytes = 8 * 1024 * 1024;

/** The calls of the engine; `remove` also ends it, and its volumes go with it. */
export interface HostContainerCalls {
  create(body: ReturnType<typeof hostContainerPayload>): Promise<string>;
  /** Hands over the output until the container ends; `onOpen`: from now on nothing of it is missed. */
  attach(
    id: string,
    onData: (chunk: Buffer) => void,
    onOpen: () => void,
    signal: AbortSignal,
  ): Promise<void>;
  start(id: string, signal: AbortSignal): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * Body of `POST /containers/create`, with a name. It sees the host's network and gets nothing else: no
 * mounts, no capabilities, nothing to write to, no log that stays.
 */
export function hostContainerPayload(image: string, script: string, now: number) {
  return {
    name: `macvlan-host-reader-${now.toString(36)}-${Math.random().toString(36).slice(2, 8)}`,
    Image: image,
    Entrypoint: ["sh"],
    Cmd: ["-c", script],
    User: "0:0",
    WorkingDir: "/",
    AttachStdout: true,
    Healthcheck: { Test: ["NONE"] },
    Labels: { [hostReaderLabel]: String(now) },
    HostConfig: {
      NetworkMode: "host",
      // An engine that remaps users refuses the host's network otherwise; to others it says nothing.
      UsernsMode: "host",
      AutoRemove: true,
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      LogConfig: { Type: "none", Config: {} },
    },
  };
}

/**
 * Runs it and returns its output. However that ends, also when it is aborted or takes longer than 20 s, the
 * container is removed before this returns.
 */
export async function runHostContainer(
  calls: HostContainerCalls,
  image: string,
  script: string,
  options: { readonly signal?: AbortSignal; readonly clock?: Clock } = {},
): Promise<string> {
  const { signal, clock = systemClock } = options;
  signal?.throwIfAborted();
  // Not with the signal: what is given up half-way may be there all the same, under an id that nobody knows.
  const id = await calls.create(hostContainerPayload(image, script, Date.now()));
  const end = new AbortController();
  const onAbort = (): void => {
    end.abort(signal?.reason);
  };
  const timer = clock.setTimeout(() => {
    end.abort(
      new EngineError("unreachable", `The container did not end within ${limitMs / 1000} s.`),
    );
  }, limitMs);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    signal?.throwIfAborted();
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      if (length < outputBytes) chunks.push(chunk);
      length += chunk.length;
    };
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const read = calls.attach(id, onData, open, end.signal);
    await Promise.race([opened, read]);
    await Promise.all([read, calls.start(id, end.signal)]);
    return execOutput(Buffer.concat(chunks), outputBytes);
  } finally {
    clock.clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    end.abort();
    await removeSurely(calls, id, clock);
  }
}

/** It removes itself when it ended, and may be just going. What cannot be removed is found by its label later. */
async function removeSurely(calls: HostContainerCalls, id: string, clock: Clock): Promise<void> {
  for (let attempt = 0; attempt < mostRemovals; attempt++) {
    try {
      await calls.remove(id);
      return;
    } catch (error) {
      // "removal of container ... is already in progress"
      if (!(error instanceof EngineError) || error.kind !== "conflict") return;
    }
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, removalMs);
    });
  }
}

/** Ids of those that nobody removed, in the answer to `GET /containers/json`. `now`: milliseconds. */
export function leftHostContainers(payload: unknown, now: number): string[] {
  return list(payload).flatMap((value) => {
    const item = record(value);
    const id = text(item["Id"]);
    const made = Number(record(item["Labels"])[hostReaderLabel]);
    return id !== undefined && Math.abs(now - made) > leftAfterMs ? [id] : [];
  });
}

export interface LocalImage {
  readonly id: string;
  /** `busybox:latest`; never empty. */
  readonly names: readonly string[];
  /** Bytes. */
  readonly size: number;
}

/** `GET /images/json`, without images that have no name. */
export function imagesFromEngine(payload: unknown): LocalImage[] {
  return list(payload).flatMap((value) => {
    const item = record(value);
    const [id, size] = [text(item["Id"]), item["Size"]];
    // RepoTags is null for an image without a name.
    const names = list(item["RepoTags"]).flatMap((name) => text(name) ?? []);
    const own = names.filter((name) => !name.startsWith("<none>"));
    return id === undefined || own.length === 0
      ? []
      : [{ id, names: own, size: typeof size === "number" ? size : 0 }];
  });
}
