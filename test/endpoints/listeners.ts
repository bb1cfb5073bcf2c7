/** Servers that stand in for engines and note who arrived. They answer as an engine does. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type Server, type Socket, createServer as createNetServer } from "node:net";
import { dirname, join } from "node:path";
import { TLSSocket } from "node:tls";

/** Those that cases name, and those that stand for none. */
const ports = [80, 97, 443, 2375, 2376];

export interface Arrival {
  readonly reached: string;
  readonly certificate?: string;
}

/** One port or socket takes plain HTTP and TLS alike, so that the client's choice shows. */
export class Listeners {
  readonly #pems: string;
  #arrivals: Arrival[] = [];
  #servers: Server[] = [];
  readonly #sockets: Server[] = [];

  /** `folder`: for certificates. */
  constructor(folder: string) {
    this.#pems = makeCertificates(folder);
  }

  /** PEM text for a mark of the cases. */
  pem(mark: string): string {
    return readFileSync(join(this.#pems, `${mark.slice(1)}.pem`), "utf8");
  }

  async openPorts(): Promise<void> {
    this.#servers = await Promise.all(ports.map((port) => this.#listen({ port, host: "::" })));
  }

  async openSockets(paths: readonly string[]): Promise<void> {
    for (const server of this.#sockets.splice(0)) server.close();
    for (const path of paths) {
      mkdirSync(dirname(path), { recursive: true });
      rmSync(path, { force: true });
      this.#sockets.push(await this.#listen({ path }));
    }
  }

  /** What arrived since it was asked last; the first counts. */
  take(): Arrival | undefined {
    const [first] = this.#arrivals;
    this.#arrivals = [];
    return first;
  }

  close(): void {
    for (const server of [...this.#servers, ...this.#sockets]) server.close();
  }

  #listen(where: { port?: number; host?: string; path?: string }): Promise<Server> {
    const note = (request: IncomingMessage, scheme: string): void => {
      if (where.path !== undefined) {
        this.#arrivals.push({ reached: `${scheme}://${where.path}` });
        return;
      }
      const host = (request.headers.host ?? "").replace(/:\d+$/, "");
      const { socket } = request;
      const subject: unknown =
        socket instanceof TLSSocket ? socket.getPeerCertificate().subject : undefined;
      const name = (subject as { CN?: string } | undefined)?.CN;
      const certificate = name === undefined ? {} : { certificate: name };
      const reached = `${scheme}://${host === "" ? "localhost" : host}:${where.port}${basePath(request)}`;
      this.#arrivals.push({ reached, ...certificate });
    };
    const plain = createServer((request, response) => {
      note(request, where.path === undefined ? "tcp" : "unix");
      answer(request, response);
    });
    const pem = (name: string) => readFileSync(join(this.#pems, `${name}.pem`));
    const tls = createTlsServer(
      {
        ...{ ca: pem("ca"), cert: pem("serverCert"), key: pem("serverKey") },
        ...{ requestCert: true, rejectUnauthorized: false },
      },
      (request, response) => {
        note(request, where.path === undefined ? "tls" : "unix+tls");
        answer(request, response);
      },
    );
    const server = createNetServer({ pauseOnConnect: true }, (socket: Socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (first: Buffer) => {
        socket.pause();
        socket.unshift(first);
        // 22 begins a TLS handshake, and no request line.
        (first[0] === 22 ? tls : plain).emit("connection", socket);
        process.nextTick(() => socket.resume());
      });
      socket.resume();
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(where, () => {
        resolve(server);
      });
    });
  }
}

/** What stands before the paths of the API. */
function basePath({ url = "" }: IncomingMessage): string {
  return url.replace(/(?:\/v1\.\d+)?\/(?:_ping|version)$/, "");
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Api-Version", "1.51");
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Connection", "close");
  response.end(
    request.url?.endsWith("/_ping") === true
      ? "OK"
      : JSON.stringify({
          Version: "28.5.2",
          ApiVersion: "1.51",
          MinAPIVersion: "1.24",
          Os: "linux",
        }),
  );
}

/** A CA, a server's and a client's (`ann`) certificate of it, and another CA; by openssl. */
export function makeCertificates(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const openssl = (...words: string[]) =>
    execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  for (const name of ["ca", "otherCa"]) {
    const subject = ["-subj", `/CN=${name}`, "-days", "2"];
    openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      `${name}Key.pem`,
      "-out",
      `${name}.pem`,
      ...subject,
    );
  }
  const names = "subjectAltName=DNS:localhost,DNS:nas,IP:127.0.0.1,IP:::1";
  const made = [
    { subject: "server", cert: "serverCert", key: "serverKey", extension: names },
    { subject: "ann", cert: "cert", key: "key", extension: "extendedKeyUsage=clientAuth" },
  ];
  for (const { subject, cert, key, extension } of made) {
    writeFileSync(join(folder, "extension"), extension);
    openssl(
      "req",
      ...newKey,
      "-keyout",
      `${key}.pem`,
      "-out",
      "request",
      "-subj",
      `/CN=${subject}`,
    );
    openssl(
      ...["x509", "-req", "-in", "request", "-CA", "ca.pem", "-CAkey", "caKey.pem", "-days", "2"],
      ...["-CAcreateserial", "-extfile", "extension", "-out", `${cert}.pem`],
    );
  }
  chmodSync(folder, 0o700);
  return folder;
}
