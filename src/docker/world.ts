import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import type { EndpointWorld } from "./endpoint";

/** Larger files of the docker command are none. */
const largestFile = 10 * 1024 * 1024;

/** This machine, as `resolveEndpoint` wants to see it. */
export function thisWorld(): EndpointWorld {
  return {
    env: process.env,
    platform: process.platform,
    homeDir: homedir(),
    readFile: async (path) => {
      try {
        if ((await stat(path)).size > largestFile) return undefined;
        return await readFile(path, "utf8");
      } catch {
        return undefined;
      }
    },
    exists: async (path) => {
      try {
        await stat(path);
        return true;
      } catch (error) {
        // A folder that may not be entered hides the socket, but it is the one the docker command would try.
        return (error as NodeJS.ErrnoException).code === "EACCES";
      }
    },
  };
}
