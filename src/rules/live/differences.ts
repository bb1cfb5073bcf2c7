/** What a declared network says otherwise than the engine's network of its name. */
import type { IpamEntry } from "../../compose/project";
import type { Value } from "../../compose/value";
import {
  canonicalPrefix,
  formatAddress,
  formatPrefix,
  parseAddress,
  parsePrefix,
} from "../../model/cidr";
import { defaultMode } from "../../model/driverOptions";
import type { EngineNetwork, IpamPool } from "../../model/network";
import type { NetworkView } from "../context";

/** One setting: what the engine's network has, and what the file says; undefined for nothing. */
export interface Difference {
  /** As in a compose file: `driver`, `parent`, `subnet`. */
  readonly setting: string;
  readonly engine: string | undefined;
  readonly file: string | undefined;
}

/**
 * Every difference in what is both in a file and known of the engine's networks. What the file leaves to
 * the engine (a subnet, a gateway, a range) is no difference, and neither is what a variable hides.
 */
export function differences(live: EngineNetwork, network: NetworkView): Difference[] {
  const { driver, parent, parentKnown, mode, declaration } = network;
  const found: Difference[] = [];
  const compare = (setting: string, engine: string | undefined, file: string | undefined) => {
    if (engine !== file) found.push({ setting, engine, file });
  };
  if (driver !== undefined) compare("driver", live.driver, driver);
  if (network.onLan && driver === live.driver) {
    // Without a parent the engine makes one, and says its name.
    if (parentKnown && parent !== undefined) compare("parent", live.parent, parent);
    if (mode !== undefined) compare("mode", live.mode ?? defaultMode(driver), mode);
  }
  if (declaration?.internal !== undefined) {
    compare("internal", yesNo(live.internal), yesNo(declaration.internal));
  }
  if (declaration?.enableIpv6 !== undefined) {
    compare("enable_ipv6", yesNo(live.enableIpv6), yesNo(declaration.enableIpv6));
  }
  const pools = live.ipam ? poolDifferences(live.ipam, declaration?.ipam ?? []) : [];
  return [...found, ...pools];
}

function poolDifferences(live: readonly IpamPool[], ipam: readonly IpamEntry[]): Difference[] {
  const found: Difference[] = [];
  for (const entry of ipam) {
    const subnet = prefixText(known(entry.subnet));
    if (subnet === undefined) continue;
    const pool = live.find((candidate) => prefixText(candidate.subnet) === subnet);
    if (!pool) {
      const others = live.flatMap((candidate) => candidate.subnet ?? []);
      found.push({ setting: "subnet", engine: others.join(", ") || undefined, file: subnet });
      continue;
    }
    for (const [setting, engine, file] of [
      ["gateway", addressText(pool.gateway), addressText(known(entry.gateway))],
      ["ip_range", prefixText(pool.ipRange), prefixText(known(entry.ipRange))],
    ] as const) {
      // What the file leaves out, the engine may have chosen.
      if (file !== undefined && engine !== file) found.push({ setting, engine, file });
    }
  }
  return found;
}

function known(value: Value | undefined): string | undefined {
  return value?.known === true && value.text !== "" ? value.text : undefined;
}

function yesNo(value: boolean | undefined): string {
  return String(value ?? false);
}

function prefixText(text: string | undefined): string | undefined {
  const prefix = text === undefined ? undefined : parsePrefix(text);
  return prefix && formatPrefix(canonicalPrefix(prefix));
}

/** The engine writes some gateways with the length of their subnet. */
function addressText(text: string | undefined): string | undefined {
  const address = text === undefined ? undefined : parseAddress(text.replace(/\/.*$/, ""));
  return address && formatAddress(address);
}
