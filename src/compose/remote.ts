/** Resources that Compose fetches before it reads them: a repository, an image of a registry, a page. */
export function isRemote(path: string): boolean {
  return /^(?:oci|https?|git|ssh|git\+[a-z]+):|^git@|^github\.com\//.test(path);
}
