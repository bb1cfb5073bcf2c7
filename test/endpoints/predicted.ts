/** What we would do in a case, without doing it: the replay of the unit layer. */
import type { Endpoint } from "../../src/docker/dockerHost";
import { type EndpointWorld, resolveEndpoint } from "../../src/docker/endpoint";
import { sshWords } from "../../src/docker/sshTarget";
import { type Answer, type EndpointCase, home } from "./cases";

/** The case as a machine in memory. */
export function worldOf({ env = {}, files = {}, sockets = [] }: EndpointCase): EndpointWorld {
  return {
    env,
    platform: "linux",
    homeDir: home,
    readFile: (path) => Promise.resolve(files[path]),
    exists: (path) => Promise.resolve(sockets.includes(path) || path in files),
  };
}

export async function predicted(one: EndpointCase): Promise<Answer> {
  const result = await resolveEndpoint({}, worldOf(one));
  return result.ok ? arrival(result.endpoint, one) : { refused: result.message };
}

/** The server has a certificate of the CA `@ca` and listens on every port. */
function arrival(endpoint: Endpoint, { sockets = [] }: EndpointCase): Answer {
  switch (endpoint.kind) {
    case "unix":
      return sockets.includes(endpoint.path)
        ? { reached: endpoint.label }
        : { refused: "no socket" };
    case "npipe":
      return { refused: "no pipe" };
    case "ssh":
      return { ssh: withoutOptions(sshWords(endpoint.ssh)) };
    case "tcp": {
      const { host, tls, label } = endpoint;
      if (!/^(?:localhost|127\.0\.0\.1|::1)$/.test(host)) return { refused: "no such host" };
      if (!tls) return { reached: label };
      if (tls.verify && tls.ca !== "@ca") return { refused: "certificate" };
      const certificate = tls.cert === undefined ? {} : { certificate: "ann" };
      return { reached: label.replace("tcp:", "tls:"), ...certificate };
    }
  }
}

/** The words that say where ssh goes and what it runs there; the remote words are joined, as ssh does it. */
export function withoutOptions(words: readonly string[]): string[] {
  const rest = words.slice(words.indexOf("--") + 1);
  const before = words.slice(0, words.indexOf("--"));
  const address = before.flatMap((word, index) =>
    ["-l", "-p"].includes(before[index - 1] ?? "") ? [`${before[index - 1] ?? ""} ${word}`] : [],
  );
  const [host = "", ...remote] = rest;
  return [...address, host, unquoted(remote.join(" "))];
}

/** The words of a remote command as a shell reads them; only quotes of both kinds and \' occur. */
function unquoted(text: string): string {
  return text.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, (_, single, double, escaped) =>
    String(single ?? double ?? escaped),
  );
}
