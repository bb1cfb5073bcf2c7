import assert from "node:assert/strict";
import { containersFromEngine } from "../../../src/docker/containersFromEngine";
import { EngineError } from "../../../src/docker/engineClient";
import { eventFromEngine } from "../../../src/docker/fromEngine";
import {
  type HostContainerCalls,
  hostContainerPayload,
  hostReaderLabel,
  imagesFromEngine,
  leftHostContainers,
  runHostContainer,
} from "../../../src/docker/hostContainer";
import { FakeClock, settle } from "./fakeClock";

describe("a container that reads the host", () => {
  let done: string[];
  let clock: FakeClock;
  /** Ends the output. */
  let finish: () => void;

  const calls = (fail: Partial<HostContainerCalls> = {}): HostContainerCalls => ({
    create: () => {
      done.push("create");
      return Promise.resolve("c1");
    },
    attach: (id, onData, onOpen, signal) =>
      new Promise((resolve, reject) => {
        done.push(`attach ${id}`);
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
        finish = () => {
          onData(Buffer.from([1, 0, 0, 0, 0, 0, 0, 2, 0x6f, 0x6b]));
          resolve();
        };
        onOpen();
      }),
    start: (id) => {
      done.push(`start ${id}`);
      return Promise.resolve();
    },
    remove: (id) => {
      done.push(`remove ${id}`);
      return Promise.resolve();
    },
    ...fail,
  });

  beforeEach(() => {
    done = [];
    clock = new FakeClock();
  });

  afterEach(() => {
    assert.equal(clock.pending, 0, "timers are left");
  });

  it("sees the host's network and gets no other right", () => {
    const { name, ...body } = hostContainerPayload("sha256:1", "echo", 1_700_000_000_000);
    assert.match(name, /^macvlan-host-reader-[a-z0-9]+-[a-z0-9]+$/);
    assert.deepEqual(body, {
      Image: "sha256:1",
      Entrypoint: ["sh"],
      Cmd: ["-c", "echo"],
      User: "0:0",
      WorkingDir: "/",
      AttachStdout: true,
      Healthcheck: { Test: ["NONE"] },
      Labels: { [hostReaderLabel]: "1700000000000" },
      HostConfig: {
        NetworkMode: "host",
        UsernsMode: "host",
        AutoRemove: true,
        ReadonlyRootfs: true,
        CapDrop: ["ALL"],
        SecurityOpt: ["no-new-privileges"],
        LogConfig: { Type: "none", Config: {} },
      },
    });
  });

  it("is listened to before it starts, and removed when it ended", async () => {
    const output = runHostContainer(calls(), "i", "s", { clock });
    await settle();
    assert.deepEqual(done, ["create", "attach c1", "start c1"]);
    finish();
    assert.equal(await output, "ok");
    assert.deepEqual(done.at(-1), "remove c1");
  });

  it("is gone for sure when the engine is just removing it", async () => {
    const going = [1, 2].map(() => new EngineError("conflict", "is already in progress"));
    const gone = new EngineError("notFound", "No such container: c1");
    const remove = (id: string) => {
      done.push(`remove ${id}`);
      return Promise.reject(going.shift() ?? gone);
    };
    const output = runHostContainer(calls({ remove }), "i", "s", { clock });
    await settle();
    finish();
    await clock.advance(1_000);
    assert.equal(await output, "ok");
    assert.equal(done.filter((call) => call === "remove c1").length, 3);
  });

  it("is removed when its start is refused", async () => {
    const refused = new EngineError("rejected", 'exec: "sh": executable file not found in $PATH');
    const start = () => Promise.reject(refused);
    await assert.rejects(runHostContainer(calls({ start }), "i", "s", { clock }), refused);
    assert.deepEqual(done, ["create", "attach c1", "remove c1"]);
  });

  it("is removed when the connection to it breaks", async () => {
    const broken = new EngineError("unreachable", "broken");
    const attach = () => Promise.reject(broken);
    await assert.rejects(runHostContainer(calls({ attach }), "i", "s", { clock }), broken);
    assert.deepEqual(done, ["create", "remove c1"]);
  });

  it("is removed when nobody wants it any more, also while it is made", async () => {
    const abort = new AbortController();
    const output = runHostContainer(calls(), "i", "s", { clock, signal: abort.signal });
    await settle();
    abort.abort(new Error("stop"));
    await assert.rejects(output, /stop/);
    assert.deepEqual(done.at(-1), "remove c1");

    done = [];
    const early = new AbortController();
    const create = () => {
      early.abort(new Error("early"));
      return Promise.resolve("c2");
    };
    const second = runHostContainer(calls({ create }), "i", "s", { clock, signal: early.signal });
    await assert.rejects(second, /early/);
    assert.deepEqual(done, ["remove c2"]);
  });

  it("is removed when it does not end", async () => {
    const output = runHostContainer(calls(), "i", "s", { clock });
    const failure = assert.rejects(output, /did not end within 20 s/);
    await settle();
    await clock.advance(20_000);
    await failure;
    assert.deepEqual(done.at(-1), "remove c1");
  });

  it("is known by its label when it was left behind, and not when another window uses it", () => {
    const item = (Id: string, made: number) => ({ Id, Labels: { [hostReaderLabel]: `${made}` } });
    const now = 1_700_000_000_000;
    const listed = [item("old", now - 61_000), item("new", now - 5_000), { Id: "other" }];
    assert.deepEqual(leftHostContainers(listed, now), ["old"]);
  });

  it("is no container of the tree, and its events are no news", () => {
    const labels = { [hostReaderLabel]: "1" };
    assert.deepEqual(containersFromEngine([{ Id: "c", Names: ["/x"], Labels: labels }]), []);
    const event = (Type: string, Action: string, Attributes: object) =>
      eventFromEngine({ Type, Action, Actor: { ID: "x", Attributes } });
    assert.equal(event("container", "start", labels), undefined);
    assert.equal(
      event("network", "connect", { container: "c", name: "host", type: "host" }),
      undefined,
    );
    assert.equal(event("container", "start", { type: "host" })?.id, "x");
    assert.equal(event("network", "connect", { container: "c", type: "macvlan" })?.id, "x");
  });

  it("is made from images that have a name", () => {
    const images = [
      { Id: "sha256:1", RepoTags: ["busybox:latest", "<none>:<none>"], Size: 4_000_000 },
      { Id: "sha256:2", RepoTags: null, Size: 1 },
      { Id: "sha256:3", RepoTags: ["<none>:<none>"], Size: 1 },
    ];
    assert.deepEqual(imagesFromEngine(images), [
      { id: "sha256:1", names: ["busybox:latest"], size: 4_000_000 },
    ]);
  });
});
