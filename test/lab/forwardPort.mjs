// @ts-check
import { connect, createServer } from "node:net";

/**
 * Makes a server that listens on a Unix socket reachable on a port of 127.0.0.1. The socket may belong to a process in
 * another network namespace: sockets of the file system do not know about those.
 * @param {string} socketPath
 * @param {number} port a free one is taken if this one is in use
 * @returns {Promise<number>} the port
 */
export function forwardPort(socketPath, port) {
  const server = createServer((client) => {
    const target = connect(socketPath);
    client.pipe(target).pipe(client);
    // Browsers break connections off all the time; then the other half ends too.
    client.on("error", () => target.destroy());
    target.on("error", () => client.destroy());
  });
  return new Promise((resolve, reject) => {
    server.on("listening", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
    server.on("error", (error) => {
      const inUse = /** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE";
      if (inUse && port !== 0) server.listen((port = 0), "127.0.0.1");
      else reject(error);
    });
    server.listen(port, "127.0.0.1");
  });
}
