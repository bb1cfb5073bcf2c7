/** What is claimed outside the project that is checked, for choosing what is free. */
import type { PlanPart } from "../../model/addressPlan";
import { type Prefix, rangeOf, rangesOverlap } from "../../model/cidr";
import { formatMac, parseMac } from "../../model/mac";
import type { ProjectClaims } from "./claims";

/** The claims of the other projects of a workspace. */
export interface OtherClaims {
  /** Who uses which addresses of the subnet. */
  partsIn(subnet: Prefix): readonly PlanPart[];
  /** Every subnet that a network of theirs has. */
  subnets(): readonly Prefix[];
  /** In the form of `formatMac`. */
  macs(): readonly string[];
}

/** What others must not take of one project. Plain data. */
export interface ClaimsSummary {
  readonly parts: readonly PlanPart[];
  readonly subnets: readonly Prefix[];
  readonly macs: readonly string[];
}

/** `shown`: how the project's file is named. */
export function summaryOf(claims: ProjectClaims, shown: string): ClaimsSummary {
  const parts: PlanPart[] = [];
  for (const { address, service } of claims.addresses) {
    const { family, value } = address;
    const range = { family, first: value, last: value };
    parts.push({ use: "claimed", range, label: `${service.key} in ${shown}` });
  }
  for (const { network, wanted, range } of claims.pools) {
    const label = `"${network.key}" in ${shown}`;
    for (const { address, use } of wanted) {
      if (use === "hidden") continue;
      const { family, value } = address;
      parts.push({ use: "reserved", range: { family, first: value, last: value }, label });
    }
    if (typeof range === "object") parts.push({ use: "dynamic", range: rangeOf(range), label });
  }
  return {
    parts,
    subnets: claims.networks.flatMap(({ subnets }) => subnets),
    macs: claims.macs.flatMap(({ text }) => {
      const mac = parseMac(text);
      return mac ? [formatMac(mac)] : [];
    }),
  };
}

/** `summaries` is asked each time, so the answer is as of then. */
export function othersOf(summaries: () => readonly ClaimsSummary[]): OtherClaims {
  return {
    partsIn: (subnet) =>
      summaries().flatMap(({ parts }) =>
        parts.filter(({ range }) => rangesOverlap(range, rangeOf(subnet))),
      ),
    subnets: () => summaries().flatMap(({ subnets }) => subnets),
    macs: () => summaries().flatMap(({ macs }) => macs),
  };
}
