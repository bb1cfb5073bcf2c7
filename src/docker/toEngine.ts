/** What is sent to the engine, built from the model; pure. */
import type { EndpointSettings } from "../model/endpoint";
import type { NetworkSpec } from "../model/network";
import { type NetworkSettings, settingsOfSpec } from "../model/networkSettings";
import type { RunSpec } from "../model/runSpec";
import { isAtLeast } from "./apiVersion";
import type { ConnectSpec } from "./engineClient";

/** Body of `POST /networks/create`. */
export function networkPayload(network: NetworkSpec | NetworkSettings, api: string) {
  const settings = "ipamDriver" in network ? network : settingsOfSpec(network);
  const { labels, ipamOptions, enableIpv4 } = settings;
  return {
    Name: settings.name,
    Driver: settings.driver,
    // Engines until 24 make a second network of the same name without it; later ones always check.
    ...(!isAtLeast(api, "1.44") && { CheckDuplicate: true }),
    Internal: settings.internal,
    ...(settings.attachable && { Attachable: true }),
    ...(enableIpv4 !== undefined && isAtLeast(api, "1.48") && { EnableIPv4: enableIpv4 }),
    EnableIPv6: settings.enableIpv6,
    Options: { ...settings.options },
    ...(Object.keys(labels).length > 0 && { Labels: { ...labels } }),
    IPAM: {
      Driver: settings.ipamDriver,
      ...(Object.keys(ipamOptions).length > 0 && { Options: { ...ipamOptions } }),
      Config: settings.pools.map((pool) => ({
        ...(pool.subnet !== undefined && { Subnet: pool.subnet }),
        ...(pool.ipRange !== undefined && { IPRange: pool.ipRange }),
        ...(pool.gateway !== undefined && { Gateway: pool.gateway }),
        ...(pool.aux !== undefined && { AuxiliaryAddresses: { ...pool.aux } }),
      })),
    },
  };
}

/** Body of `POST /networks/{id}/connect`. */
export function connectPayload(spec: ConnectSpec) {
  return { Container: spec.containerId, EndpointConfig: endpointConfig(spec) };
}

/** Body of `POST /containers/create`, without the name. */
export function containerPayload(spec: RunSpec, api: string) {
  const macOfEndpoint = isAtLeast(api, "1.44");
  const { mac, ...withoutMac } = spec;
  return {
    Image: spec.image,
    ...(spec.command !== undefined && spec.command.length > 0 && { Cmd: [...spec.command] }),
    // Before 1.44 only the container as a whole has a MAC, and the endpoint's is silently ignored.
    ...(mac !== undefined && !macOfEndpoint && { MacAddress: mac }),
    ...(spec.interactive === true && { Tty: true, OpenStdin: true }),
    HostConfig: {
      NetworkMode: spec.networkName,
      ...(spec.interactive === true && { AutoRemove: true }),
    },
    NetworkingConfig: {
      EndpointsConfig: { [spec.networkName]: endpointConfig(macOfEndpoint ? spec : withoutMac) },
    },
  };
}

function endpointConfig(endpoint: EndpointSettings) {
  const { ipv4, ipv6, linkLocal, mac, aliases, links, driverOpts, gwPriority } = endpoint;
  return {
    ...((ipv4 !== undefined || ipv6 !== undefined || linkLocal !== undefined) && {
      IPAMConfig: {
        ...(ipv4 !== undefined && { IPv4Address: ipv4 }),
        ...(ipv6 !== undefined && { IPv6Address: ipv6 }),
        ...(linkLocal !== undefined && { LinkLocalIPs: [...linkLocal] }),
      },
    }),
    ...(mac !== undefined && { MacAddress: mac }),
    ...(aliases !== undefined && { Aliases: [...aliases] }),
    ...(links !== undefined && { Links: [...links] }),
    ...(driverOpts !== undefined && { DriverOpts: { ...driverOpts } }),
    ...(gwPriority !== undefined && { GwPriority: gwPriority }),
  };
}
