// @ts-check
import { fileURLToPath } from "node:url";

/** The folder of this project. */
export const project = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
