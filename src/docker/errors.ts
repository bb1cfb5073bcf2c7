/** Failures of the connection and answers of the engine, as the few kinds that the extension tells apart. */
import { EngineError, type EngineErrorKind, type EngineErrorReason } from "./engineClient";
import { tlsFailure } from "./tlsFailure";

/** What was being done, where the same status has several meanings. */
export type Purpose = "createNetwork" | "createContainer" | "other";

/**
 * Turns what a call threw into an EngineError. Reads node:net and node:tls error codes, and the
 * `statusCode` and message of docker-modem. `label` names the endpoint.
 */
export function engineError(
  error: unknown,
  label: string,
  purpose: Purpose = "other",
): EngineError {
  if (error instanceof EngineError) return error;
  const status = field(error, "statusCode");
  if (typeof status === "number") {
    const words = wordsOf(error);
    if (status === 400 && /HTTP request to an HTTPS server/i.test(words)) {
      const details = { cause: error, reason: "tls" } as const;
      return new EngineError("denied", tlsFailure("", words, label), details);
    }
    return new EngineError(kindOfAnswer(status, words, purpose), words, { cause: error });
  }
  const { kind, message, reason } = ofConnection(field(error, "code"), messageOf(error), label);
  return new EngineError(kind, message, { cause: error, reason });
}

function kindOfAnswer(status: number, words: string, purpose: Purpose): EngineErrorKind {
  if (words.includes("has active endpoints")) return "inUse";
  // The same complaints come as 403, 409 or 500, by version of the engine.
  if (/Pool overlaps|Address already in use|already exists|is already using parent/.test(words)) {
    return "conflict";
  }
  if (status === 401 || words.includes("authorization denied by plugin")) return "denied";
  // A proxy before the engine that lets this request not pass answers without the engine's words.
  if (status === 403 && /^\s*</.test(words)) return "denied";
  if (status === 404) return purpose === "createNetwork" ? "rejected" : "notFound";
  if (status === 409) return "conflict";
  if (status === 502 || status === 503 || status === 504) return "unreachable";
  return "rejected";
}

function ofConnection(
  code: unknown,
  words: string,
  label: string,
): { kind: EngineErrorKind; message: string; reason?: EngineErrorReason } {
  switch (code) {
    case "ENOENT":
    case "ECONNREFUSED":
      return { kind: "absent", message: `Nothing answers at ${label}.` };
    case "EACCES":
    case "EPERM":
      return { kind: "denied", message: `This user may not open ${label}.` };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        kind: "unreachable",
        message: `The name of ${label} leads to no address: ${words}.`,
      };
    default:
      if (typeof code === "string" && /CERT|TLS|SSL|SIGNATURE|SIGNED|^EPROTO$/.test(code)) {
        return { kind: "denied", message: tlsFailure(code, words, label), reason: "tls" };
      }
      return { kind: "unreachable", message: `The connection to ${label} failed: ${words}.` };
  }
}

/** The engine's own words: the `message` of its JSON, or what docker-modem put behind `(HTTP code n) reason - `. */
function wordsOf(error: unknown): string {
  const json = field(error, "json");
  const message = field(json, "message");
  if (typeof message === "string" && message.trim() !== "") return message.trim();
  return messageOf(error)
    .replace(/^\(HTTP code \d+\) .*? - /s, "")
    .trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** The failure with the image that is missing, where that is what failed. */
export function withImage(error: unknown, image: string): unknown {
  if (!(error instanceof EngineError) || error.kind !== "notFound") return error;
  return /no such image/i.test(error.message)
    ? new EngineError("notFound", error.message, { cause: error, missingImage: image })
    : error;
}
