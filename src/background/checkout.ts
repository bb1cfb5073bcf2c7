import { folderOf } from "../compose/paths";
import type { CheckedProject } from "./protocol";
import type { Disk } from "./texts";

/** The folder below the root that is a git checkout of its own and holds the project; "" if none. */
export function checkoutOf(
  { folder, where: { root } }: CheckedProject,
  disk: Disk | undefined,
): string {
  for (let at = folder; at.length > root.length; at = folderOf(at)) {
    if (disk?.exists(`${at}/.git`)) return at.slice(root.length + 1);
  }
  return "";
}
