/**
 * Environments that choose an engine. What the real docker command does in each is recorded in
 * test/fixtures/endpoints/docker.json: `npm run endpoints` records anew.
 */
import { createHash } from "node:crypto";

/** Where the user of the cases is at home. Below /run, which the recorder makes anew for each case. */
export const home = "/run/ann";
export const usualSocket = "/var/run/docker.sock";

/**
 * Where a request arrived, `tls` with what the server knows of the client's certificate; the words that
 * `ssh` was called with, without its options; or that nothing was reached, with the reason for a reader.
 */
export type Answer =
  | { readonly reached: string; readonly certificate?: string }
  | { readonly ssh: readonly string[] }
  | { readonly refused: string };

export interface EndpointCase {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text by path. `@ca`, `@cert`, `@key` and `@otherCa` stand for PEM files. */
  readonly files?: Readonly<Record<string, string>>;
  /** Sockets that an engine listens on; the usual one unless told. */
  readonly sockets?: readonly string[];
  /** Where we go on purpose beyond the docker command, which refuses. */
  readonly ours?: Answer;
}

const config = `${home}/.docker`;
export const digestOf = (name: string) => createHash("sha256").update(name).digest("hex");

/** The file of a context. */
export function contextFile(name: string, docker: unknown, dir = config): Record<string, string> {
  const text = JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } });
  return { [`${dir}/contexts/meta/${digestOf(name)}/meta.json`]: text };
}
function stored(name: string, host: string, dir = config): Record<string, string> {
  return contextFile(name, { Host: host, SkipTLSVerify: false }, dir);
}
function current(name: unknown, dir = config): Record<string, string> {
  return { [`${dir}/config.json`]: JSON.stringify({ currentContext: name }) };
}
function pems(dir: string, ...names: string[]): Record<string, string> {
  const marks: Record<string, string> = { otherCa: "ca" };
  return Object.fromEntries(names.map((name) => [`${dir}/${marks[name] ?? name}.pem`, `@${name}`]));
}
const contextTls = (name: string) => `${config}/contexts/tls/${digestOf(name)}/docker`;
const all = ["ca", "cert", "key"];
const [lab, other] = [stored("lab", "tcp://127.0.0.1:97"), stored("other", "unix:///run/o.sock")];

/** It takes a bare path for one behind tcp://localhost:2375, and gives ssh a user in quotes that nobody removes. */
const beyond: Readonly<Record<string, Answer>> = {
  "/run/o.sock": { refused: "no scheme" },
  "ssh://dom%5Cme@nas": { ssh: ["-l dom\\me", "nas", "docker system dial-stdio"] },
};
const hosts: EndpointCase[] = [
  ...["", " ", "unix://", "unix:///run/o.sock", " unix:///run/o.sock ", "unix://run/o.sock"],
  ...["unix:/run/o.sock", "/run/o.sock", "UNIX:///run/o.sock", "npipe:////./pipe/x", "fd://3"],
  ...["tcp://", "tcp://:97", ":97", "tcp://127.0.0.1", "tcp://127.0.0.1:97", "127.0.0.1:97"],
  ...["127.0.0.1", "localhost", "tcp://localhost:97", "tcp://[::1]:97", "tcp://[::1]", "[::1]:97"],
  ...["tcp://127.0.0.1:0", "tcp://127.0.0.1:port", "tcp://127.0.0.1:99999", "tcp://127.0.0.1:"],
  ...["tcp://127.0.0.1:97/", "tcp://127.0.0.1:97/prefix", "tcp://ann:pw@127.0.0.1:97"],
  ...["TCP://127.0.0.1:97", "http://127.0.0.1:97", "https://127.0.0.1:97", "tcp:127.0.0.1:97"],
  ...["ssh://nas", "ssh://me@nas", "ssh://me@nas:2222", "ssh://me@nas/", "ssh://me@nas/run/o.sock"],
  ...["ssh://me@nas/run/a b.sock", "ssh://me@nas/run/d'q.sock", "ssh://me:pw@nas", "ssh://nas?x=1"],
  ...["ssh://nas#f", "ssh://", "ssh://me%40corp@nas", "ssh://dom%5Cme@nas", "ssh://[fd00::1]:22"],
  ...["ssh://NAS", "ssh://nas:", "ssh://nas:port", " ssh://nas ", "SSH://nas", "ssh://n_as"],
].map((host) => ({
  name: `DOCKER_HOST=${host}`,
  env: { DOCKER_HOST: host },
  ...(host in beyond && { ours: beyond[host] }),
}));

/** Hosts as a context has them. */
const contextHosts = [
  ...["unix:///run/o.sock", "unix://", "", "127.0.0.1:97", "tcp://127.0.0.1", "tcp://127.0.0.1:97"],
  ...["http://127.0.0.1:97", "https://127.0.0.1:97", "http://127.0.0.1", "tcp://[::1]:97"],
  ...["ssh://me@nas", "ssh://me:pw@nas", "TCP://127.0.0.1:97", "tcp://:97"],
].map((host) => ({
  name: `context with the host ${host}`,
  env: { DOCKER_CONTEXT: "x" },
  files: stored("x", host),
}));

const choices: EndpointCase[] = [
  { name: "nothing" },
  { name: "nothing, and no engine", sockets: [] },
  { name: "the current context", files: { ...lab, ...current("lab") } },
  { name: "DOCKER_CONTEXT", env: { DOCKER_CONTEXT: "lab" }, files: lab },
  {
    name: "DOCKER_CONTEXT before the current context",
    env: { DOCKER_CONTEXT: "other" },
    files: { ...lab, ...other, ...current("lab") },
  },
  {
    name: "DOCKER_HOST before both",
    env: { DOCKER_HOST: "tcp://127.0.0.1:443", DOCKER_CONTEXT: "other" },
    files: { ...lab, ...other, ...current("lab") },
  },
  {
    name: "an empty DOCKER_HOST and DOCKER_CONTEXT",
    env: { DOCKER_HOST: "", DOCKER_CONTEXT: "" },
    files: { ...lab, ...current("lab") },
  },
  {
    name: "a blank DOCKER_HOST before the current context",
    env: { DOCKER_HOST: " " },
    files: { ...lab, ...current("lab") },
  },
  {
    name: "DOCKER_CONTEXT default before the current context",
    env: { DOCKER_CONTEXT: "default" },
    files: { ...lab, ...current("lab") },
  },
  { name: "the current context default", files: current("default") },
  { name: "an empty current context", files: current("") },
  { name: "a current context that does not exist", files: current("gone") },
  { name: "DOCKER_CONTEXT that does not exist", env: { DOCKER_CONTEXT: "gone" } },
  { name: "a context name with a space", env: { DOCKER_CONTEXT: "a b" } },
  {
    name: "a stored context called default",
    env: { DOCKER_CONTEXT: "default" },
    files: stored("default", "tcp://127.0.0.1:97"),
  },
  { name: "a config.json that is no JSON", files: { [`${config}/config.json`]: "{" } },
  { name: "a current context that is no text", files: { ...lab, ...current(7) } },
  {
    name: "DOCKER_CONFIG",
    env: { DOCKER_CONFIG: "/run/dk" },
    files: { ...current("lab", "/run/dk"), ...stored("lab", "tcp://127.0.0.1:97", "/run/dk") },
  },
  {
    name: "an empty DOCKER_CONFIG",
    env: { DOCKER_CONFIG: "" },
    files: { ...lab, ...current("lab") },
  },
  {
    name: "a context file that is no JSON",
    env: { DOCKER_CONTEXT: "lab" },
    files: { [`${config}/contexts/meta/${digestOf("lab")}/meta.json`]: "{oops" },
  },
  {
    name: "a context without an engine",
    env: { DOCKER_CONTEXT: "lab" },
    files: { [`${config}/contexts/meta/${digestOf("lab")}/meta.json`]: '{"Name":"lab"}' },
  },
  {
    name: "a context without a host",
    env: { DOCKER_CONTEXT: "lab" },
    files: contextFile("lab", {}),
  },
  {
    name: "a rootless engine and no other",
    env: { XDG_RUNTIME_DIR: "/run/user/7" },
    sockets: ["/run/user/7/docker.sock"],
    ours: { reached: "unix:///run/user/7/docker.sock" },
  },
  {
    name: "Docker Desktop's socket and no other",
    sockets: [`${config}/desktop/docker.sock`],
    ours: { reached: `unix://${config}/desktop/docker.sock` },
  },
  {
    name: "Docker Desktop's socket on a Mac and no other",
    sockets: [`${config}/run/docker.sock`],
    ours: { reached: `unix://${config}/run/docker.sock` },
  },
  {
    name: "a rootless engine beside the usual one",
    env: { XDG_RUNTIME_DIR: "/run/user/7" },
    sockets: [usualSocket, "/run/user/7/docker.sock"],
  },
];

const tcp = { DOCKER_HOST: "tcp://127.0.0.1:97" };
const verify = { ...tcp, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/run/certs" };
const tls: EndpointCase[] = [
  { name: "TLS: verified", env: verify, files: pems("/run/certs", ...all) },
  { name: "TLS: another CA", env: verify, files: pems("/run/certs", "otherCa", "cert", "key") },
  { name: "TLS: CA alone", env: verify, files: pems("/run/certs", "ca") },
  { name: "TLS: no files", env: verify },
  { name: "TLS: no key", env: verify, files: pems("/run/certs", "ca", "cert") },
  { name: "TLS: no certificate", env: verify, files: pems("/run/certs", "ca", "key") },
  { name: "TLS: no CA", env: verify, files: pems("/run/certs", "cert", "key") },
  {
    name: "TLS: certificates of ~/.docker",
    env: { ...tcp, DOCKER_TLS_VERIFY: "1" },
    files: pems(config, ...all),
  },
  {
    name: "TLS: certificates of DOCKER_CONFIG",
    env: { ...tcp, DOCKER_TLS_VERIFY: "1", DOCKER_CONFIG: "/run/dk" },
    files: pems("/run/dk", ...all),
  },
  {
    name: "TLS: not verified",
    env: { ...tcp, DOCKER_TLS: "1", DOCKER_CERT_PATH: "/run/certs" },
    files: pems("/run/certs", "otherCa", "cert", "key"),
  },
  {
    name: "TLS: not verified, no files",
    env: { ...tcp, DOCKER_TLS: "1", DOCKER_CERT_PATH: "/run/certs" },
  },
  {
    name: "TLS: DOCKER_TLS_VERIFY=0 counts as set",
    env: { ...verify, DOCKER_TLS_VERIFY: "0" },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: an empty DOCKER_TLS_VERIFY",
    env: { ...verify, DOCKER_TLS_VERIFY: "" },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: certificates and nobody who wants them",
    env: { ...tcp, DOCKER_CERT_PATH: "/run/certs" },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: without a port",
    env: { ...verify, DOCKER_HOST: "tcp://127.0.0.1" },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: without a host",
    env: { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/run/certs" },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: a blank host",
    env: { ...verify, DOCKER_HOST: " " },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: on a socket",
    env: { ...verify, DOCKER_HOST: "unix:///run/o.sock" },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: on a socket, no files",
    env: { ...verify, DOCKER_HOST: "unix:///run/o.sock" },
  },
  {
    name: "TLS: over ssh",
    env: { ...verify, DOCKER_HOST: "ssh://me@nas" },
    files: pems("/run/certs", ...all),
  },
  {
    name: "TLS: variables beside a context",
    env: { DOCKER_CONTEXT: "lab", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/run/certs" },
    files: { ...lab, ...pems("/run/certs", ...all) },
  },
  ...(
    [
      ["all files", all],
      ["CA alone", ["ca"]],
      ["another CA", ["otherCa", "cert", "key"]],
      ["no key", ["ca", "cert"]],
      ["no CA", ["cert", "key"]],
    ] as const
  ).map(([name, files]) => ({
    name: `TLS of a context: ${name}`,
    env: { DOCKER_CONTEXT: "lab" },
    files: { ...lab, ...pems(contextTls("lab"), ...files) },
  })),
  {
    name: "TLS of a context: not verified",
    env: { DOCKER_CONTEXT: "lab" },
    files: {
      ...contextFile("lab", { Host: "tcp://127.0.0.1:97", SkipTLSVerify: true }),
      ...pems(contextTls("lab"), "otherCa", "cert", "key"),
    },
  },
  {
    name: "TLS of a context: not verified, no files",
    env: { DOCKER_CONTEXT: "lab" },
    files: contextFile("lab", { Host: "tcp://127.0.0.1:97", SkipTLSVerify: true }),
  },
  {
    name: "TLS of a context: https",
    env: { DOCKER_CONTEXT: "lab" },
    files: { ...stored("lab", "https://127.0.0.1:97"), ...pems(contextTls("lab"), ...all) },
  },
  {
    name: "TLS of a context: without a port",
    env: { DOCKER_CONTEXT: "lab" },
    files: { ...stored("lab", "tcp://127.0.0.1"), ...pems(contextTls("lab"), ...all) },
  },
  {
    name: "TLS of a context: by a socket",
    env: { DOCKER_CONTEXT: "lab" },
    files: { ...stored("lab", "unix:///run/o.sock"), ...pems(contextTls("lab"), ...all) },
  },
];

export const cases: readonly EndpointCase[] = [...hosts, ...contextHosts, ...choices, ...tls].map(
  (one: EndpointCase) => ({ sockets: [usualSocket, "/run/o.sock"], ...one }),
);
