/** Whether an env file says which files a project has. PURE. */

const assignment = /^\s*(?:export\s+)?COMPOSE_FILE\s*[=:][ \t]*(.*)$/m;

/**
 * What the text of a `.env` sets COMPOSE_FILE to, as it is written; undefined where it does not. Its folder is then a
 * project, also without a file that Compose finds by its name. How it is read is up to the project.
 */
export function writtenComposeFile(text: string): string | undefined {
  return assignment.exec(text)?.[1]?.trim();
}

/** Whether it is set to something. */
export function setsComposeFile(text: string): boolean {
  return (writtenComposeFile(text) ?? "") !== "";
}
