// @ts-check
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { atExit } from "../../lab/cleanup.mjs";
import { sleep } from "../../lab/process.mjs";
import { receive, send } from "./frames.mjs";

/** A language server that did not answer in time. */
export class NoAnswer extends Error {}

/**
 * @typedef {object} ServerSettings
 * @property {readonly string[]} argv words after `node`
 * @property {unknown} [initializationOptions]
 * @property {Record<string, unknown>} [configuration] what it gets when it asks, by section
 * @property {number} [delay] milliseconds that it waits behind each edit, whatever the edit is; taken out of its times
 */

/** A language server in a process of its own, with one document: how long it takes from an edit to its findings. */
export class LanguageServer {
  /** @type {(value: any) => void} */
  #answered = () => {};
  #published = 0;
  #version = 1;

  /**
   * @param {ServerSettings} settings
   * @param {number} limit milliseconds that an answer may take
   */
  constructor(settings, limit) {
    this.settings = settings;
    this.limit = limit;
    this.child = spawn(process.execPath, settings.argv, { stdio: ["pipe", "pipe", "pipe"] });
    /** What it has to say when it fails. */
    this.complaint = "";
    this.child.stderr.setEncoding("utf8").on("data", (text) => {
      this.complaint = (this.complaint + text).slice(-2000);
    });
    this.child.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
    this.forget = atExit(() => this.child.kill("SIGKILL"));
    receive(this.child.stdout, (message) => this.#take(message));
  }

  /** Says hello, and waits until it has asked for its configuration. */
  async start() {
    send(this.child.stdin, {
      id: 1,
      method: "initialize",
      params: {
        processId: process.pid,
        rootUri: null,
        initializationOptions: this.settings.initializationOptions,
        capabilities: {
          workspace: { configuration: true },
          textDocument: { synchronization: {}, publishDiagnostics: {} },
        },
      },
    });
    await this.#answer("initialize");
    send(this.child.stdin, { method: "initialized", params: {} });
    await sleep(500);
  }

  /**
   * From a document that is opened to its findings.
   * @param {string} path
   * @param {string} text
   * @returns {Promise<{ time: number, findings: number }>}
   */
  async open(path, text) {
    this.uri = pathToFileURL(path).href;
    const { time, params } = await this.#timed("textDocument/didOpen", {
      textDocument: { uri: this.uri, languageId: "dockercompose", version: this.#version, text },
    });
    // A server that publishes twice would else answer the next edit before it.
    await sleep(300);
    return { time, findings: params.diagnostics.length };
  }

  /**
   * From one edit to its findings.
   * @param {{ line: number, character: number }} at
   * @param {number} removed characters
   * @param {string} text
   */
  async edit(at, removed, text) {
    const before = this.#published;
    const { time } = await this.#timed("textDocument/didChange", {
      textDocument: { uri: this.uri, version: ++this.#version },
      contentChanges: [
        {
          range: { start: at, end: { line: at.line, character: at.character + removed } },
          rangeLength: removed,
          text,
        },
      ],
    });
    if (this.#published !== before + 1)
      throw new Error("it published more often than it was asked");
    return time;
  }

  async stop() {
    this.child.kill("SIGKILL");
    await this.ended;
    this.forget();
  }

  /**
   * @param {string} method
   * @param {unknown} params
   */
  async #timed(method, params) {
    const start = performance.now();
    send(this.child.stdin, { method, params });
    const answer = await this.#answer(method);
    return { time: performance.now() - start - (this.settings.delay ?? 0), params: answer };
  }

  /** @param {string} what */
  #answer(what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new NoAnswer(`no answer in ${this.limit / 1000} s`)),
        this.limit,
      );
      void this.ended.then(() => {
        clearTimeout(timer);
        reject(new Error(`it ended at ${what}: ${this.complaint.trim().split("\n").at(-1)}`));
      });
      this.#answered = (value) => {
        clearTimeout(timer);
        resolve(value);
      };
    });
  }

  /** @param {import("./frames.mjs").Message} message */
  #take({ id, method, params, result }) {
    if (method === "textDocument/publishDiagnostics" && params.uri === this.uri) {
      this.#published++;
      this.#answered(params);
    } else if (method === "workspace/configuration" && id !== undefined) {
      const known = this.settings.configuration ?? {};
      const items = params.items.map(({ section = "" }) => known[section] ?? null);
      send(this.child.stdin, { id, result: items });
    } else if (method !== undefined && id !== undefined) {
      send(this.child.stdin, { id, result: null });
    } else if (method === undefined && id === 1) {
      this.#answered(result);
    }
  }
}
