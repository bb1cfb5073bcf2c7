import { setValue } from "../compose/value";
import { type Prefix, formatPrefix, parseRange, splitRange } from "../model/cidr";
import type { Fix, Rule } from "./rule";
import { isValidated, readEntries, writtenText } from "./support/declaredEntries";
import { unreadableRange } from "./support/ipamMessages";
import { meantPrefix, paddedPrefix } from "./support/prefixFixes";
import { refusalOf } from "./support/refusal";

export const invalidIpRange: Rule = {
  id: "invalid-ip-range",
  severity: "error",
  summary: "An ip_range is not an address with a prefix length, such as 192.168.1.192/27.",
  hasFix: true,
  checkNetwork({ network }, { engine }, report) {
    for (const { entry, pool } of readEntries(network, engine)) {
      const { ipRange } = entry;
      const text = writtenText(ipRange);
      if (!ipRange || text === undefined || ipRange.prefix) continue;
      if (pool && !isValidated(pool) && !engine.decodesAddresses) continue;
      const plain = engine.validatesIpam ? undefined : paddedPrefix(text);
      const range = text.includes("-") ? parseRange(text) : undefined;
      report({
        place: ipRange.place,
        severity: plain === undefined ? refusalOf(network) : "warning",
        message:
          plain !== undefined
            ? `This engine reads ${text} as ${plain}; from version 25 on Docker refuses it.`
            : range
              ? `Docker refuses the network "${network.key}": an ip_range cannot be written from-to as ${text}, ` +
                "only as one block with a prefix length, such as 192.168.1.192/27."
              : `Docker refuses the network "${network.key}": the ip_range "${text}" is not an address ` +
                "with a prefix length, such as 192.168.1.192/27.",
        engineMessage:
          plain === undefined ? unreadableRange(engine, text, entry.subnet?.text ?? "") : undefined,
        fixes: () => {
          const fixes = range
            ? splitRange(range).map((part, _, all) => blockFix(part, all.length === 1))
            : wordsFix(text);
          return fixes
            .sort((a, b) => a.length - b.length)
            .flatMap(({ text: newText, safe }, index): Fix[] => {
              const edit = setValue(ipRange, newText);
              if (!edit || index > 2) return [];
              const title = `Change to ${newText}`;
              return [{ title, preferred: index === 0, safe, edits: [edit] }];
            });
        },
      });
    }
  },
};

interface Candidate {
  readonly text: string;
  readonly length: number;
  readonly safe: boolean;
}

/** A block of a from-to range; the largest ones are offered, the only one is what was meant. */
function blockFix(block: Prefix, only: boolean): Candidate {
  return { text: formatPrefix(block), length: block.length, safe: only };
}

/** A single address is no block that anybody means: only what has a length, in whatever form. */
function wordsFix(text: string): Candidate[] {
  const meant = meantPrefix(text);
  return meant?.certain === true ? [{ text: meant.text, length: 0, safe: true }] : [];
}
