/** What is read of the engine before a change of one network is planned. */
import { type ContainerDetails, type EndpointDetails, endpointOn } from "../model/endpoint";
import type { EngineProfile } from "../model/engineProfile";
import type { NetworkDetails } from "../model/networkSettings";
import type { Addresses } from "./change";
import { type ChangeEngine, kindOf } from "./engine";

/** A container on the network, running or not. */
export interface Member {
  readonly container: ContainerDetails;
  readonly endpoint: EndpointDetails;
}

export interface Situation {
  readonly network: NetworkDetails;
  /** By name. */
  readonly members: readonly Member[];
  /** All networks of the engine, this one among them. */
  readonly networks: readonly NetworkDetails[];
  readonly profile: EngineProfile;
}

/** Reads the network with this id and its containers; undefined when it is gone. */
export async function readSituation(
  engine: ChangeEngine,
  networkId: string,
  profile: EngineProfile,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Situation | undefined> {
  const networks = await engine.readNetworks(options);
  const network = networks.find(({ id }) => id === networkId);
  if (!network) return undefined;
  const { name } = network.settings;
  const listed = (await engine.listContainers(options)).filter(({ attachments }) =>
    attachments.some((tie) => tie.network === name || tie.network === networkId),
  );
  const read = await Promise.all(
    listed.map(({ id }) =>
      engine.readContainer(id, options).catch((error: unknown) => {
        // Removed since it was listed.
        if (kindOf(error) === "notFound") return undefined;
        throw error;
      }),
    ),
  );
  const members = read.flatMap((container) => {
    const endpoint = container && endpointOn(container, { name, id: networkId });
    return endpoint ? [{ container, endpoint }] : [];
  });
  members.sort((a, b) => (a.container.name < b.container.name ? -1 : 1));
  return { network, members, networks, profile };
}

/** How a container names the network that it was created on. */
export function wasCreatedOn(
  { networkMode }: ContainerDetails,
  { id, settings }: NetworkDetails,
): "byName" | "byId" | undefined {
  if (networkMode === settings.name) return "byName";
  return /^[0-9a-f]{2,64}$/.test(networkMode) && id.startsWith(networkMode) ? "byId" : undefined;
}

/** What to ask for, so that the container gets what it has now: its addresses, aliases and all else. */
export function askForTheSame({ endpoint }: Member, profile: EngineProfile) {
  const { settings, ipv4, ipv6, mac } = endpoint;
  const [four, six] = [settings.ipv4 ?? ipv4, settings.ipv6 ?? ipv6];
  return {
    ...settings,
    ...(four !== undefined && { ipv4: four }),
    ...(six !== undefined && { ipv6: six }),
    ...(mac !== undefined && profile.macOnConnect === "asked" && { mac }),
  };
}

/** The addresses of now that nobody asked for. */
export function chosenFor({ endpoint: { settings, ipv4, ipv6 } }: Member): Addresses | undefined {
  const four = settings.ipv4 === undefined ? ipv4 : undefined;
  const six = settings.ipv6 === undefined ? ipv6 : undefined;
  if (four === undefined && six === undefined) return undefined;
  return { ...(four !== undefined && { ipv4: four }), ...(six !== undefined && { ipv6: six }) };
}

export function refOf({ id, name }: ContainerDetails) {
  return { id, name };
}
