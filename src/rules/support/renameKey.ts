import type { Place } from "../../compose/place";
import type { Fix } from "../rule";

/** The fix that writes another key, which must need no quotes; none when `meant` is undefined. */
export function renameKey(entry: { readonly keyPlace: Place }, meant: string | undefined): Fix[] {
  if (meant === undefined) return [];
  const { path, from, to } = entry.keyPlace;
  const edits = [{ path, from, to, newText: meant }];
  return [{ title: `Change to ${meant}`, preferred: true, safe: false, edits }];
}
