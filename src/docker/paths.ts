/** Paths of requests. PURE. */

/** Path of a list, of the objects with these ids alone where `ids` are given. */
export function listPath(path: string, { ids }: { readonly ids?: readonly string[] }): string {
  if (!ids) return path;
  return filteredPath(path, { id: ids });
}

/** Path of a list, of the objects with a label. */
export function labelPath(path: string, label: string): string {
  return filteredPath(path, { label: [label] });
}

function filteredPath(path: string, filters: Readonly<Record<string, readonly string[]>>): string {
  const query = `filters=${encodeURIComponent(JSON.stringify(filters))}`;
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}

/** dockerode puts ids into the path as they are. */
export function path(id: string): string {
  return encodeURIComponent(id);
}

/** Of what changes the tree. Without the filter every health check would be reported as well. */
export const eventsPath = `events?filters=${encodeURIComponent(
  JSON.stringify({
    type: ["container", "network"],
    event: "create start die destroy rename pause unpause connect disconnect remove".split(" "),
  }),
)}`;
