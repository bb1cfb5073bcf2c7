/** What is claimed outside the project that is checked, for choosing what is free. */
import type { PlanPart } from "../../model/addressPlan";
import type { Prefix } from "../../model/cidr";

/** The claims of the other projects of a workspace. */
export interface OtherClaims {
  /** Who uses which addresses of the subnet. */
  partsIn(subnet: Prefix): readonly PlanPart[];
  /** Every subnet that a network of theirs has. */
  subnets(): readonly Prefix[];
  /** In the form of `formatMac`. */
  macs(): readonly string[];
}
