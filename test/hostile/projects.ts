/** All the projects that are made to hurt. */
import { largeProjects } from "./large";
import { type Hostile, hostileTexts } from "./texts";

/** `scale` 1 is everything; smaller for a quick run. */
export function hostileProjects(scale = 1): Hostile[] {
  return [...hostileTexts(scale), ...largeProjects()];
}
