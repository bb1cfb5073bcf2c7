import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FromChecker, ToChecker } from "../../background/protocol";

export interface ThreadListener {
  receive(message: FromChecker): void;
  /** The thread has ended, and nobody asked it to. */
  broke(error: Error): void;
}

/** Megabytes of objects after which the thread is ended: better it than the extension host. */
const memory = 1024;

/** The thread that checks projects: a bundle of its own, beside that of the extension. */
export class CheckerThread {
  private readonly worker: Worker;
  private disposed = false;

  constructor(listener: ThreadListener) {
    this.worker = new Worker(join(__dirname, "worker.js"), {
      name: "macvlan-check",
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    this.worker.on("message", (message: FromChecker) => {
      if (!this.disposed) listener.receive(message);
    });
    const broke = (error: Error) => {
      if (this.disposed) return;
      this.dispose();
      listener.broke(error);
    };
    this.worker.on("error", broke);
    this.worker.on("exit", (code) => {
      broke(new Error(`The thread ended with ${code}.`));
    });
  }

  post(message: ToChecker): void {
    if (!this.disposed) this.worker.postMessage(message);
  }

  dispose(): void {
    this.disposed = true;
    void this.worker.terminate();
  }
}
