/** Moving a network to another subnet, with everything in the file that is an address of it. */
import type { TextEdit } from "../../compose/place";
import { type Value, setValue } from "../../compose/value";
import {
  type Prefix,
  containsAddress,
  containsPrefix,
  formatAddress,
  formatPrefix,
} from "../../model/cidr";
import type { PoolView, RuleContext } from "../context";

/**
 * The edits that take the pool to `target`, a subnet of the same length. Undefined where one of the
 * addresses cannot be written, or stands for another network too (an anchor).
 */
export function moveSubnet(
  context: RuleContext,
  pool: PoolView,
  target: Prefix,
): TextEdit[] | undefined {
  const { entry, network, subnet } = pool;
  if (!entry?.subnet) return undefined;
  const shift = target.address - subnet.address;
  const edits = new Map<number, TextEdit>();
  const write = (value: Value, text: string): boolean => {
    const edit = value.through.length === 0 ? setValue(value, text) : undefined;
    if (edit) edits.set(edit.from, edit);
    return edit !== undefined;
  };
  const move = (value: Value | undefined): boolean => {
    if (!value) return true;
    if (!value.known) return false;
    const { address, prefix } = value;
    if (address && containsAddress(subnet, address)) {
      return write(value, formatAddress({ ...address, value: address.value + shift }));
    }
    if (prefix && containsPrefix(subnet, prefix)) {
      return write(value, formatPrefix({ ...prefix, address: prefix.address + shift }));
    }
    return true;
  };
  const ties = context.project.services
    .flatMap((service) => service.networks)
    .filter(({ key }) => key === network.key);
  const values = [
    entry.ipRange,
    entry.gateway,
    ...entry.aux.map(({ value }) => value),
    ...ties.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]),
  ];
  const moved = write(entry.subnet, formatPrefix(target)) && values.every(move);
  return moved ? [...edits.values()] : undefined;
}
