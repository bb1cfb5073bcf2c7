import { execFile } from "node:child_process";

const limitMs = 5_000;
/** A script may run on another machine, after a login. */
const limitWithInputMs = 15_000;

/**
 * Output of a program of this machine. Words go to it as they are, no shell is involved. Rejects when
 * it is missing, ends with an error or takes longer than 5 s, or than 15 s with `input`: what it reads.
 */
export function run(
  program: string,
  words: readonly string[],
  signal?: AbortSignal,
  input?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const path = process.env["PATH"] ?? "";
    const child = execFile(
      program,
      words,
      {
        timeout: input === undefined ? limitMs : limitWithInputMs,
        maxBuffer: 32 * 1024 * 1024,
        // Not the workspace: nothing there may stand in for a program.
        cwd: "/",
        // `ip` lives in an sbin folder, which is not on every user's PATH.
        env: { ...process.env, LC_ALL: "C", PATH: `${path}:/usr/sbin:/sbin` },
        ...(signal && { signal }),
      },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(new Error(error.message, { cause: error }));
      },
    );
    if (input === undefined) return;
    // It may end before it has read everything; how it ended says what is to be said.
    child.stdin?.on("error", () => undefined).end(input);
  });
}
