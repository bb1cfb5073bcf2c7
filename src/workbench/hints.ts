/** What is known about an error besides its own words. PURE. */

const hints = new WeakMap<Error, string>();

/** Notes a sentence that is told with the error wherever it is shown. */
export function addHint(error: unknown, hint: string | undefined): void {
  if (error instanceof Error && hint !== undefined) hints.set(error, hint);
}

export function hintOf(error: unknown): string | undefined {
  return error instanceof Error ? hints.get(error) : undefined;
}
