/** Every rule, in the order of the documentation. Adding one: file, entry here, doc page, fixture. */
import { addressInDhcpRange } from "./address-in-dhcp-range";
import { addressInDynamicRange } from "./address-in-dynamic-range";
import { addressNeedsSubnet } from "./address-needs-subnet";
import { addressOnLan } from "./address-on-lan";
import { addressOutsideSubnet } from "./address-outside-subnet";
import { addressReserved } from "./address-reserved";
import { ambiguousDefaultRoute } from "./ambiguous-default-route";
import { auxAddressTaken } from "./aux-address-taken";
import { auxOutsideSubnet } from "./aux-outside-subnet";
import { bridgeWithSeveralSubnets } from "./bridge-with-several-subnets";
import { composeError } from "./compose-error";
import { containerNameTaken } from "./container-name-taken";
import { duplicateAddress } from "./duplicate-address";
import { duplicateMac } from "./duplicate-mac";
import { dynamicRangeIsWholeLan } from "./dynamic-range-is-whole-lan";
import { envFileMissing } from "./env-file-missing";
import { externalIpamIgnored } from "./external-ipam-ignored";
import { externalNetworkMissing } from "./external-network-missing";
import { gatewayOutsideSubnet } from "./gateway-outside-subnet";
import { gatewayReserved } from "./gateway-reserved";
import { hiddenGateway } from "./hidden-gateway";
import { internalDoesNotIsolate } from "./internal-does-not-isolate";
import { invalidAddress } from "./invalid-address";
import { invalidAuxAddress } from "./invalid-aux-address";
import { invalidGateway } from "./invalid-gateway";
import { invalidIpRange } from "./invalid-ip-range";
import { invalidMac } from "./invalid-mac";
import { invalidMode } from "./invalid-mode";
import { invalidSubnet } from "./invalid-subnet";
import { ipRangeExhausted } from "./ip-range-exhausted";
import { ipRangeHostBits } from "./ip-range-host-bits";
import { ipRangeOutsideSubnet } from "./ip-range-outside-subnet";
import { ipRangeTooBig } from "./ip-range-too-big";
import { ipamEntryWithoutSubnet } from "./ipam-entry-without-subnet";
import { ipv4Disabled } from "./ipv4-disabled";
import { ipv6NotEnabled } from "./ipv6-not-enabled";
import { ipv6WithoutSubnet } from "./ipv6-without-subnet";
import { macNotUnicast } from "./mac-not-unicast";
import { macUnsupported } from "./mac-unsupported";
import { networkModeConflict } from "./network-mode-conflict";
import { bridgeNameTaken } from "./bridge-name-taken";
import { invalidDriverOption } from "./invalid-driver-option";
import { blankNetworkName } from "./blank-network-name";
import { networkDiffers } from "./network-differs";
import { networkNameTaken } from "./network-name-taken";
import { noParent } from "./no-parent";
import { overlappingNetworksInContainer } from "./overlapping-networks-in-container";
import { parentShared } from "./parent-shared";
import { parentVlanSyntax } from "./parent-vlan-syntax";
import { passthruSingleContainer } from "./passthru-single-container";
import { platformWithoutMacvlan } from "./platform-without-macvlan";
import { portsIgnored } from "./ports-ignored";
import { rangeOverlapsDhcp } from "./range-overlaps-dhcp";
import { staticAddressReplicas } from "./static-address-replicas";
import { subnetDiffersFromParent } from "./subnet-differs-from-parent";
import { subnetHostBits } from "./subnet-host-bits";
import { subnetOverlap } from "./subnet-overlap";
import { subnetTooSmall } from "./subnet-too-small";
import { undefinedNetwork } from "./undefined-network";
import { unknownDriverOption } from "./unknown-driver-option";
import { unknownIpamKey } from "./unknown-ipam-key";
import { unknownNetworkKey } from "./unknown-network-key";
import { unknownParent } from "./unknown-parent";
import { unsuitableParent } from "./unsuitable-parent";
import { invalidInterfaceName } from "./invalid-interface-name";
import { invalidLinkLocal } from "./invalid-link-local";
import { invalidHostAddress } from "./invalid-host-address";
import { hostPortTaken } from "./host-port-taken";
import { networkModeOptions } from "./network-mode-options";
import { networkModeTarget } from "./network-mode-target";
import { predefinedNetwork } from "./predefined-network";
import { unknownDriver } from "./unknown-driver";
import { unknownIpamDriver } from "./unknown-ipam-driver";
import { unsetVariable } from "./unset-variable";
import type { Rule } from "./rule";

export const rules: readonly Rule[] = [
  // the file
  composeError,
  envFileMissing,
  unsetVariable,
  // subnet
  invalidSubnet,
  subnetHostBits,
  ipamEntryWithoutSubnet,
  subnetOverlap,
  bridgeWithSeveralSubnets,
  subnetTooSmall,
  subnetDiffersFromParent,
  // gateway
  invalidGateway,
  gatewayOutsideSubnet,
  gatewayReserved,
  hiddenGateway,
  // range
  invalidIpRange,
  ipRangeOutsideSubnet,
  ipRangeTooBig,
  ipRangeHostBits,
  ipRangeExhausted,
  rangeOverlapsDhcp,
  dynamicRangeIsWholeLan,
  // auxiliary
  invalidAuxAddress,
  auxOutsideSubnet,
  auxAddressTaken,
  // IPv6
  ipv4Disabled,
  ipv6NotEnabled,
  ipv6WithoutSubnet,
  // driver
  blankNetworkName,
  unknownDriver,
  unknownIpamDriver,
  noParent,
  unknownParent,
  parentVlanSyntax,
  unsuitableParent,
  parentShared,
  invalidMode,
  unknownDriverOption,
  invalidDriverOption,
  bridgeNameTaken,
  passthruSingleContainer,
  internalDoesNotIsolate,
  platformWithoutMacvlan,
  // service address
  invalidAddress,
  addressOutsideSubnet,
  addressReserved,
  duplicateAddress,
  addressNeedsSubnet,
  addressInDynamicRange,
  addressInDhcpRange,
  addressOnLan,
  staticAddressReplicas,
  invalidLinkLocal,
  // MAC
  invalidMac,
  macNotUnicast,
  duplicateMac,
  macUnsupported,
  // service
  portsIgnored,
  overlappingNetworksInContainer,
  ambiguousDefaultRoute,
  undefinedNetwork,
  networkModeConflict,
  networkModeTarget,
  networkModeOptions,
  hostPortTaken,
  invalidHostAddress,
  invalidInterfaceName,
  externalNetworkMissing,
  predefinedNetwork,
  externalIpamIgnored,
  networkNameTaken,
  networkDiffers,
  containerNameTaken,
  unknownIpamKey,
  unknownNetworkKey,
];

/** Page of a rule in the documentation of this release. */
export function ruleDocPath(id: string): string {
  return `docs/rules/${id}.md`;
}
