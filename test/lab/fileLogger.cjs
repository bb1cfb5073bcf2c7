/**
 * Takes the place of @vscode/spdlog in the VS Code servers of the lab. The original is C++ and would need a compiler on
 * every machine; without any, the server runs but its logs, the extension's log channel among them, stay empty.
 */
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const levels = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  /**
   * @param {string} _type
   * @param {string} _name
   * @param {string} path
   */
  constructor(_type, _name, path) {
    this.path = path;
    this.level = 0;
    this.plain = false;
    mkdirSync(dirname(path), { recursive: true });
    for (const [level, name] of levels.entries()) {
      Object.assign(this, { [name]: (/** @type {string} */ text) => this.write(level, text) });
    }
  }

  /**
   * @param {number} level
   * @param {string} text
   */
  write(level, text) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace("T", " ").replace("Z", "");
    // Without formatters the callers bring their own line ends.
    appendFileSync(this.path, this.plain ? text : `${time} [${levels[level]}] ${text}\n`);
  }

  getLevel() {
    return this.level;
  }

  /** @param {number} level */
  setLevel(level) {
    this.level = level;
  }

  setPattern() {}

  clearFormatters() {
    this.plain = true;
  }

  flush() {}

  drop() {}
}

/**
 * @param {string} name
 * @param {string} path
 */
const create = async (name, path) => new Logger("rotating", name, path);

// One by one: VS Code imports this from an ES module, and Node finds the names of a CommonJS module by reading it.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
