/** How to point the docker command at the engine of the tree. PURE. */

/**
 * Global options of `docker` for the engine in use. A context carries certificates with it, so it
 * goes by name; without any setting, a tcp engine is left to the command's own choice, which is the
 * same as ours and knows the certificates.
 */
export function endpointOptions(
  settings: {
    readonly dockerHost?: string | undefined;
    readonly dockerContext?: string | undefined;
  },
  endpoint: string,
): string[] {
  if (settings.dockerHost) return ["-H", settings.dockerHost];
  if (settings.dockerContext) return ["--context", settings.dockerContext];
  return endpoint.startsWith("tcp:") ? [] : ["-H", endpoint];
}

/** The best shell of the container: bash, else ash, else sh. */
const bestShell =
  "for shell in bash ash; do command -v $shell >/dev/null 2>&1 && exec $shell; done; exec sh";

/** Arguments of `docker` that open a shell in the container; `id` is the engine's hexadecimal id. */
export function shellArguments(options: readonly string[], id: string): string[] {
  return [...options, "exec", "-it", id, "sh", "-c", bestShell];
}
