/** Lists that Compose keeps free of doubles (compose-go override/uncity.go). */
import type { BoundNode } from "./bind";
import { boundText, pairOf } from "./boundNodes";
import { readPorts } from "./ports";

/** Of items with one name the last, at the place of the first. `path`: keys below the service. */
export function uniqueItems(items: readonly BoundNode[], path: readonly string[]): BoundNode[] {
  const nameOf = path[0] === "ports" ? portName : keyName;
  const result: BoundNode[] = [];
  const indexes = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    const index = name === undefined ? undefined : indexes.get(name);
    if (index !== undefined) result[index] = item;
    else if (name !== undefined) indexes.set(name, result.push(item) - 1);
    else result.push(item);
  }
  return result;
}

function keyName(item: BoundNode): string | undefined {
  return boundText(item)?.split("=")[0];
}

/** A range is a name of its own: Compose would take it apart. */
function portName(item: BoundNode): string | undefined {
  if (item.kind === "map") {
    const text = (key: string) => boundText(pairOf(item, key)?.value);
    const [host = "0.0.0.0", protocol = "tcp"] = [text("host_ip"), text("protocol")];
    return `${host}:${text("published") ?? ""}:${text("target") ?? ""}/${protocol}`;
  }
  const text = boundText(item);
  if (text === undefined) return undefined;
  return readPorts(text)
    .ports.map(
      ({ hostIp, published, target, protocol }) =>
        `${hostIp ?? "0.0.0.0"}:${published ?? ""}:${target}/${protocol}`,
    )
    .join(" ");
}
