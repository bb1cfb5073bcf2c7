/** The standard input and output of a process as one connection. */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Duplex } from "node:stream";

/** How a process ended: its code, and the last of what it wrote to standard error. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly stderr: string;
}

const keptStderr = 8 * 1024;

/**
 * What is written goes to the process, what it prints can be read; when this is destroyed, the process
 * ends. When the process ends by itself, so does this: with the error that `failure` makes of it, if any.
 */
export class ProcessStream extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(
    child: ChildProcessWithoutNullStreams,
    failure: (end: ProcessEnd | Error) => Error | undefined,
  ) {
    // A process that closed its output has ended or is about to.
    super({ allowHalfOpen: false });
    this.#child = child;
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-keptStderr);
    });
    child.stdout.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    // An EPIPE tells less than the process's own words, which come with its end.
    child.stdin.on("error", () => undefined);
    child.once("spawn", () => this.emit("connect"));
    child.once("error", (error) => {
      this.destroy(failure(error));
    });
    child.once("close", (code) => {
      if (this.destroyed) return;
      const error = failure({ code, stderr });
      if (error) this.destroy(error);
      else this.push(null);
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    // What cannot be written any more is told by the end of the process.
    this.#child.stdin.write(chunk, () => {
      done();
    });
  }

  override _final(done: () => void): void {
    this.#child.stdin.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    done(error);
  }

  // What node:http asks of a socket besides.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    this.#child.ref();
    return this;
  }
  unref(): this {
    this.#child.unref();
    return this;
  }
}
