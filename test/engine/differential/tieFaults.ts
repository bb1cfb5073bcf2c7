/** Faults of what ties services to networks: replicas, link-local addresses, MACs on both levels, modes, ports. */
import type { ServiceModel, TieModel } from "./caseModel";
import type { Fault } from "./poolFaults";
import { type Sketch, chance, unicastMac } from "./sketch";

function tiedServices({
  model,
}: Sketch): (ServiceModel & { networks: Record<string, TieModel | null> })[] {
  return Object.values(model.services).flatMap((service) =>
    service.networks && Object.keys(service.networks).length > 0
      ? [service as ServiceModel & { networks: Record<string, TieModel | null> }]
      : [],
  );
}

const replicas: Fault = (sketch) => {
  const { random } = sketch;
  const services = tiedServices(sketch);
  if (services.length === 0) return false;
  const fixed = services.filter(({ networks }) =>
    Object.values(networks).some((tie) => tie?.ipv4_address ?? tie?.ipv6_address),
  );
  const service = random.pick(fixed.length > 0 && chance(random, 70) ? fixed : services);
  const count = random.pick([0, 1, 2, 2, 3]);
  const change = random.int(4);
  if (change < 2) service.deploy = { replicas: count };
  else if (change === 2) service.scale = count;
  else {
    service.deploy = { replicas: count };
    service.scale = random.pick([count, 1, 2]);
  }
  return true;
};

const linkLocal: Fault = (sketch) => {
  const { random } = sketch;
  const services = tiedServices(sketch);
  if (services.length === 0) return false;
  const { networks } = random.pick(services);
  const key = random.pick(Object.keys(networks));
  const tie = (networks[key] ??= {});
  tie.link_local_ips = random.pick([
    ["169.254.3.3"],
    ["169.254.0.0"],
    ["169.254.255.255"],
    ["169.253.3.3"],
    ["fe80::3"],
    ["fe80::3", "169.254.3.3"],
    ["fd77:1:0:9::3"],
    ["FE80::3"],
    ["::ffff:169.254.3.3"],
    ["169.254.3.3", "169.254.3.3"],
    ["169.254.03.3"],
    [],
  ]);
  return true;
};

/** MACs on the service and on its ties, with priorities that say which of them counts. */
const macLevels: Fault = (sketch) => {
  const { random } = sketch;
  const services = tiedServices(sketch);
  if (services.length === 0) return false;
  const service = random.pick(services);
  const { networks } = service;
  const own = unicastMac(random);
  if (chance(random, 75)) service.mac_address = own;
  for (const key of Object.keys(networks)) {
    if (chance(random, 50)) {
      const tie = (networks[key] ??= {});
      tie.mac_address = random.pick([own, own.toUpperCase(), unicastMac(random)]);
    }
    if (chance(random, 40)) (networks[key] ??= {}).priority = random.int(3);
    if (chance(random, 25)) (networks[key] ??= {}).gw_priority = random.int(3) - 1;
  }
  return true;
};

/** All services on one more network, so that many have several. */
const severalNetworks: Fault = ({ random, model, networks }) => {
  if (networks.length < 2) return false;
  for (const service of Object.values(model.services)) {
    if (!service.networks) continue;
    const { key } = random.pick(networks);
    service.networks[key] ??= chance(random, 50) ? null : { priority: random.int(3) * 10 };
    if (chance(random, 30)) (service.networks[key] ??= {}).gw_priority = random.int(3);
  }
  return true;
};

const modes: Fault = ({ random, model, networks }) => {
  const keys = Object.keys(model.services);
  const service = model.services[random.pick(keys)];
  if (!service) return false;
  service.network_mode = random.pick([
    ...["none", "host", "bridge", "default", "", "None"],
    ...keys.map((key) => `service:${key}`),
    "case0_n0",
    ...networks.map(({ key, model: { name } }) => name ?? `case0_${key}`),
  ]);
  if (chance(random, 65)) delete service.networks;
  else if (chance(random, 30)) service.networks = {};
  if (chance(random, 25)) service.mac_address = unicastMac(random);
  return true;
};

const profiles: Fault = ({ random, model }) => {
  const services = Object.values(model.services);
  if (services.length < 2) return false;
  for (const service of services) if (chance(random, 45)) service.profiles = ["extra"];
  return true;
};

export const tieFaults: readonly (readonly [number, Fault])[] = [
  [7, replicas],
  [4, linkLocal],
  [6, macLevels],
  [5, severalNetworks],
  [4, modes],
  [2, profiles],
];
