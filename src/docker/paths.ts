/** Paths of requests. PURE. */

/** Path of a list, of the objects with these ids alone where `ids` are given. */
export function listPath(path: string, { ids }: { readonly ids?: readonly string[] }): string {
  if (!ids) return path;
  const filters = encodeURIComponent(JSON.stringify({ id: ids }));
  return `${path}${path.includes("?") ? "&" : "?"}filters=${filters}`;
}

/** dockerode puts ids into the path as they are. */
export function path(id: string): string {
  return encodeURIComponent(id);
}
