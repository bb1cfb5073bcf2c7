/** The readers of a host, loaded when the first of them is needed. */
import type * as Reading from "../host/reading";

let reading: Promise<typeof Reading> | undefined;

export function hostReading(): Promise<typeof Reading> {
  return (reading ??= import("../host/reading"));
}
