/** What is sent to the engine, built from the model; pure. */
import { type NetworkSpec, modeOption } from "../model/network";
import { isAtLeast } from "./apiVersion";
import type { ConnectSpec, EndpointAddresses, RunSpec } from "./engineClient";

/** Body of `POST /networks/create`. */
export function networkPayload(spec: NetworkSpec, api: string) {
  return {
    Name: spec.name,
    Driver: spec.driver,
    // Engines until 24 make a second network of the same name without it; later ones always check.
    ...(!isAtLeast(api, "1.44") && { CheckDuplicate: true }),
    Internal: spec.internal,
    EnableIPv6: spec.enableIpv6,
    Options: {
      ...(spec.parent !== undefined && { parent: spec.parent }),
      ...(spec.mode !== undefined && { [modeOption(spec.driver)]: spec.mode }),
    },
    IPAM: {
      Driver: "default",
      Config: spec.pools.map((pool) => ({
        Subnet: pool.subnet,
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

function endpointConfig({ ipv4, ipv6, mac }: EndpointAddresses) {
  return {
    ...((ipv4 !== undefined || ipv6 !== undefined) && {
      IPAMConfig: {
        ...(ipv4 !== undefined && { IPv4Address: ipv4 }),
        ...(ipv6 !== undefined && { IPv6Address: ipv6 }),
      },
    }),
    ...(mac !== undefined && { MacAddress: mac }),
  };
}
