/** Whether an env file says which files a project has. PURE. */

/**
 * Whether the text of a `.env` sets COMPOSE_FILE, so that its folder may be a project without a file that Compose
 * finds by its name. What it is set to is read where the project is.
 */
export function setsComposeFile(text: string): boolean {
  return /^[ \t]*(?:export[ \t]+)?COMPOSE_FILE[ \t]*[=:][ \t]*\S/m.test(text);
}
