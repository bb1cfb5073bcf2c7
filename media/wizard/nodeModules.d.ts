/**
 * What the core, whose types the page shares, uses of Node. Nothing of it is in the page: this is here so that
 * the page can be checked without the rest of Node's types, which it must not use.
 */
declare module "node:crypto" {
  interface Hash {
    update(text: string): Hash;
    digest(encoding: "hex"): string;
  }
  export function createHash(algorithm: "sha256"): Hash;
}
