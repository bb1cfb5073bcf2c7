/** Who has the same address or MAC as another on one LAN, kept up to date tie by tie. PURE. */
import { isLanDriver } from "../model/network";
import { type Tie, addressKey } from "./tie";
import type { Sharing } from "./tieProblems";

export class ShareIndex {
  readonly #holders = new Map<string, Tie[]>();
  /** The keys that a tie stands under. */
  readonly #keys = new Map<Tie, readonly string[]>();

  /** `lan`: of its network. Returns the ties whose sharing may be another one now, itself not among them. */
  add(tie: Tie, lan: string): readonly Tie[] {
    const keys = keysOf(tie, lan);
    this.#keys.set(tie, keys);
    const touched: Tie[] = [];
    for (const key of keys) {
      const holders = this.#holders.get(key);
      if (!holders) {
        this.#holders.set(key, [tie]);
        continue;
      }
      touched.push(...holders);
      holders.push(tie);
    }
    return touched;
  }

  /** Returns the ties whose sharing may be another one now. */
  delete(tie: Tie): readonly Tie[] {
    const touched: Tie[] = [];
    for (const key of this.#keys.get(tie) ?? []) {
      const left = (this.#holders.get(key) ?? []).filter((other) => other !== tie);
      if (left.length === 0) this.#holders.delete(key);
      else this.#holders.set(key, left);
      touched.push(...left);
    }
    this.#keys.delete(tie);
    return touched;
  }

  sharingOf(tie: Tie): Sharing[] {
    return (this.#keys.get(tie) ?? []).flatMap((key) => {
      const holders = this.#holders.get(key) ?? [];
      if (holders.length < 2) return [];
      const [what = "", value = ""] = key.split("\n", 2);
      const others = holders.filter((other) => other !== tie).sort(byName);
      return [{ value, what: what === "mac" ? "mac" : "address", others } satisfies Sharing];
    });
  }
}

/** In an order that does not depend on who came first. */
function byName(a: Tie, b: Tie): number {
  const [one, two] = [`${a.container.name}\n${a.key}`, `${b.container.name}\n${b.key}`];
  return one < two ? -1 : one > two ? 1 : 0;
}

/** Containers on ipvlan all have the MAC of their parent. */
function keysOf({ addresses, attachment, network }: Tie, lan: string): string[] {
  if (!isLanDriver(network.driver)) return [];
  const keys = addresses.map((address) => `address\n${addressKey(address)}\n${lan}`);
  if (attachment.mac !== undefined && network.driver === "macvlan") {
    keys.push(`mac\n${attachment.mac.toLowerCase()}\n${lan}`);
  }
  return keys;
}
