import { addLine } from "../compose/addLine";
import { setValue } from "../compose/value";
import { type Address, containsAddress, firstOf, formatAddress, parseAddress } from "../model/cidr";
import type { AttachmentView, NetworkView, RuleContext } from "./context";
import { planOfPool } from "./free";
import type { Fix, Report, Rule } from "./rule";
import { type DeclaredPool, declaredPools } from "./support/declaredEntries";
import { isSet } from "./support/staticAddresses";

export const hiddenGateway: Rule = {
  id: "hidden-gateway",
  severity: "warning",
  summary: "A LAN network has no gateway written, so Docker takes one of its own choice or none.",
  hasFix: true,
  checkNetwork({ network, attachments }, { engine }, report) {
    if (!wantsGateway(network)) return;
    const declared = declaredPools(network, engine).find(({ pool }) => pool.subnet.family === 4);
    if (!declared) return;
    const { hiddenGateway: gateway } = declared.pool;
    const found = gateway
      ? taken(declared, gateway)
      : engine.hiddenGateway === "never" && noRoute(declared, attachments);
    if (found) report({ ...found, fixes: (context) => writeGateway(context, declared) });
  },
};

/** On a LAN with a router, as far as one can tell, and no pool says which. */
function wantsGateway({
  onLan,
  internal,
  used,
  parent,
  parentKnown,
  mode,
  declaration,
}: NetworkView) {
  if (!onLan || !used || internal || (parentKnown && parent === undefined)) return false;
  if (mode === undefined || mode.startsWith("l3")) return false;
  return (
    declaration?.ipam.every(
      ({ subnet, gateway, unknownKeys }) =>
        subnet?.known === true && !isSet(gateway) && unknownKeys.length === 0,
    ) === true
  );
}

/** Up to 28: an address is gone, and it is the default route, whether a router has it or not. */
function taken({ network, entry, pool }: DeclaredPool, gateway: Address): Report | undefined {
  const value = pool.range ? entry.ipRange : entry.subnet;
  if (!value) return undefined;
  const text = formatAddress(gateway);
  const usual = gateway.value === firstOf(pool.subnet) + 1n;
  return {
    place: value.place,
    severity: usual ? "information" : "warning",
    message: usual
      ? `No gateway is written for "${network.key}", so Docker takes ${text}, the first address. ` +
        "From version 29 on it takes none, and the containers have no default route. Write the gateway."
      : `No gateway is written for "${network.key}", so Docker takes ${text}, the first address of the ` +
        "ip_range, and sends there what is meant for other networks. Unless the router has that " +
        "address, the containers reach nothing beyond the LAN. Write the gateway.",
  };
}

/** From 29 on: no default route, which hurts those who have none from another network. */
function noRoute(
  { network, entry }: DeclaredPool,
  attachments: readonly AttachmentView[],
): Report | undefined {
  const cutOff = attachments.filter(({ service }) =>
    service.networks.every(({ key }) => key === network.key),
  );
  const [first] = cutOff;
  if (!first || !entry.subnet) return undefined;
  const who = `"${first.service.key}"${cutOff.length > 1 ? ` and ${cutOff.length - 1} more` : ""}`;
  return {
    place: entry.subnet.place,
    message:
      `No gateway is written for "${network.key}", so ${who} can reach nothing beyond ` +
      `${entry.subnet.text}: Docker sets no default route since version 29. Write the gateway, ` +
      "or internal: true if that is what you want.",
  };
}

/** The router that is known to be there, else the address that most routers have. */
function writeGateway(context: RuleContext, { entry, pool }: DeclaredPool): Fix[] {
  const router = (context.facts.interfaces ?? [])
    .flatMap(({ gateway }) => (gateway === undefined ? [] : (parseAddress(gateway) ?? [])))
    .find((address) => containsAddress(pool.subnet, address));
  const gateway = router ?? { family: 4, value: firstOf(pool.subnet) + 1n };
  const inTheWay = planOfPool(context, pool).parts.some(
    ({ use, range }) =>
      use !== "gateway" &&
      use !== "dynamic" &&
      use !== "dhcp" &&
      use !== "neighbour" &&
      range.first <= gateway.value &&
      gateway.value <= range.last,
  );
  if (inTheWay) return [];
  const text = formatAddress(gateway);
  const edit = entry.gateway
    ? setValue(entry.gateway, text)
    : entry.body && addLine(context.project, entry.body, `gateway: ${text}`);
  if (!edit) return [];
  const title = `Write gateway: ${text}`;
  return [{ title, preferred: router !== undefined, safe: false, edits: [edit] }];
}
