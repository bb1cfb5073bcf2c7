import assert from "node:assert/strict";
import { type EngineClient, EngineError } from "../../../src/docker/engineClient";
import type { LocalImage } from "../../../src/docker/hostContainer";
import {
  type HostTrouble,
  containerReader,
  imagesToTry,
} from "../../../src/inventory/containerHost";

const noShell = new EngineError("rejected", 'exec: "sh": executable file not found in $PATH');
const told = (name: string) =>
  `\n@macvlan@ name\nnas\n@macvlan@ device ${name}\nflags=0x1003\ntype=1\nphysical=yes\n`;

describe("reading the engine's host with a container", () => {
  let images: LocalImage[];
  let answers: Record<string, string | Error>;
  let asked: string[];
  let troubles: (HostTrouble | undefined)[];

  const image = (name: string, size: number): LocalImage => ({
    id: name.split(":")[0] ?? "",
    names: [name],
    size,
  });
  const client = {
    localImages: () => Promise.resolve(images),
    removeLeftOnHost: () => Promise.resolve(asked.push("tidy")),
    runOnHost: (id: string) => {
      asked.push(id);
      const answer = answers[id] ?? noShell;
      return typeof answer === "string" ? Promise.resolve(answer) : Promise.reject(answer);
    },
    dispose: () => asked.push("closed"),
  } as unknown as EngineClient;
  const reader = () =>
    containerReader(
      () => Promise.resolve(client),
      (trouble) => troubles.push(trouble),
    );
  const signal = new AbortController().signal;

  beforeEach(() => {
    images = [];
    answers = {};
    asked = [];
    troubles = [];
  });

  it("prefers images that are known to have a shell, then small ones", () => {
    const some = [
      image("postgres:16", 400),
      image("me/tiny:1", 2),
      image("ghcr.io/x/alpine:3", 8),
      image("busybox:latest", 4),
      image("notbusybox:1", 1),
      image("nicolaka/netshoot:v1", 500),
      image("huge:1", 900),
    ];
    assert.deepEqual(
      imagesToTry(some).map(({ names }) => names[0]),
      ["nicolaka/netshoot:v1", "busybox:latest", "ghcr.io/x/alpine:3", "notbusybox:1", "me/tiny:1"],
    );
  });

  it("goes on to the next image without a shell, and stays with the one that works", async () => {
    images = [image("distroless:1", 1), image("tool:1", 2)];
    answers = { tool: told("eth0") };
    const read = reader();
    assert.equal((await read({ signal }))?.interfaces[0]?.name, "eth0");
    await read({ signal });
    assert.deepEqual(asked, ["tidy", "distroless", "tool", "closed", "tool", "closed"]);
    assert.deepEqual(troubles, [undefined, undefined]);
  });

  it("says that an image is missing where none is there, or none has a shell", async () => {
    assert.equal(await reader()({ signal }), undefined);
    images = [image("distroless:1", 1), image("mute:1", 1)];
    answers = { mute: "" };
    assert.equal(await reader()({ signal }), undefined);
    assert.deepEqual(
      troubles.map((trouble) => trouble?.needsImage),
      [true, true],
    );
  });

  it("says what the engine refuses, and tries nothing else then", async () => {
    images = [image("a:1", 1), image("b:1", 2)];
    const message = "cannot share the host's network namespace when user namespaces are enabled";
    answers = { a: new EngineError("rejected", message) };
    assert.equal(await reader()({ signal }), undefined);
    assert.deepEqual(asked, ["tidy", "a", "closed"]);
    assert.deepEqual(troubles, [{ message, needsImage: false }]);
  });
});
