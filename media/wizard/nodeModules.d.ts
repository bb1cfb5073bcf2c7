/**
 * What the core, whose types the page shares, uses of Node. Nothing of it is in the page: this is here so that
 * the page can be checked without the rest of Node's types, which it must not use.
 */
interface NodeHash {
  update(text: string): NodeHash;
  digest(encoding: "hex"): string;
}
declare const process: {
  getBuiltinModule(name: "node:crypto"): { createHash(algorithm: "sha256"): NodeHash };
};
