/** What the kernel takes as the name of an interface (Linux dev_valid_name). PURE. */

/** Bytes of a name, without the zero at its end (IFNAMSIZ is 16). */
export const longestInterfaceName = 15;

/**
 * Why no interface can be called so, to be put after the name; undefined for a good name. `tooLong` tells what the
 * kernel says: "numerical result out of range", else "invalid argument".
 */
export function interfaceNameFault(
  name: string,
): { readonly reason: string; readonly tooLong: boolean } | undefined {
  if (new TextEncoder().encode(name).length > longestInterfaceName) {
    return { reason: `has more than ${longestInterfaceName} characters`, tooLong: true };
  }
  if ([".", ".."].includes(name)) return { reason: "is the name of a folder", tooLong: false };
  return /[\s/:]/.test(name)
    ? { reason: "has a blank, a slash or a colon", tooLong: false }
    : undefined;
}
