/** Faults of services: addresses, MACs, and what ties them to networks. */
import type { ServiceModel, TieModel } from "./caseModel";
import type { Fault } from "./poolFaults";
import { type NetworkSketch, type Sketch, address, chance, sizeOf, unicastMac } from "./sketch";

interface Target {
  readonly service: ServiceModel;
  readonly network: NetworkSketch;
  readonly tie: TieModel;
}

/** A service's tie to a network, in its long form. */
function pickTie({ random, model, networks }: Sketch): Target | undefined {
  const all = Object.values(model.services).flatMap((service) =>
    Object.keys(service.networks ?? {}).flatMap((key) => {
      const network = networks.find((each) => each.key === key);
      return network ? [{ service, network }] : [];
    }),
  );
  if (all.length === 0) return undefined;
  const { service, network } = random.pick(all);
  const ties = (service.networks ??= {});
  const tie = (ties[network.key] ??= {});
  return { service, network, tie };
}

function onTie(change: (target: Target, sketch: Sketch) => boolean): Fault {
  return (sketch) => {
    const target = pickTie(sketch);
    return target ? change(target, sketch) : false;
  };
}

const fixed = onTie(({ tie, network }, { random, model }) => {
  const pool = network.pools[random.int(Math.max(1, network.pools.length))];
  if (!pool) {
    if (chance(random, 70)) tie.ipv4_address = random.pick(["10.77.9.9", "172.18.0.9"]);
    else tie.ipv6_address = "fd77:1:0:9::9";
    return true;
  }
  const { family, first, length } = pool;
  const last = first + sizeOf(family, length) - 1n;
  const field = family === 4 ? "ipv4_address" : "ipv6_address";
  const others = Object.values(model.services)
    .flatMap((service) => Object.values(service.networks ?? {}))
    .flatMap((other) => other?.[field] ?? []);
  const span = Number(sizeOf(family, length) < 256n ? sizeOf(family, length) : 256n);
  const texts = [
    address(family, first),
    address(family, last),
    address(family, first + 1n),
    address(family, first + 2n),
    pool.model.gateway ?? address(family, first + 1n),
    ...Object.values(pool.model.aux_addresses ?? {}),
    ...others,
    ...others,
    address(family, last + 1n),
    address(family, first + BigInt(random.int(span))),
    address(family, first + BigInt(random.int(span))),
    address(family, first + BigInt(random.int(span))),
    ...(pool.range ? [address(family, pool.range.first)] : []),
    family === 4 ? "10.250.0.9" : "fd78::9",
  ];
  tie[field] = random.pick(texts);
  return true;
});

const malformed = onTie(({ tie }, { random }) => {
  if (chance(random, 75)) {
    tie.ipv4_address = random.pick([
      ...["10.77.0.9/24", "10.77.0.09", "10.77.0", "10.77.0.256", " 10.77.0.9", "fd77:1:0:1::9"],
      ...["0.0.0.0", "::ffff:10.77.0.9", "auto", "", "dhcp"],
    ]);
  } else {
    tie.ipv6_address = random.pick([
      ...["10.77.0.9", "fd77:1:0:0::9/64", "fd77::1::2", "::", "fe80::9%lan0", "fd77:1:0:0::9", ""],
      "::ffff:10.77.0.9",
    ]);
  }
  return true;
});

/** Takes away the addresses, so that many share what is left to dynamic ones. */
const dynamic: Fault = ({ random, model }) => {
  for (const service of Object.values(model.services)) {
    for (const tie of Object.values(service.networks ?? {})) {
      if (!tie || !chance(random, 70)) continue;
      delete tie.ipv4_address;
      delete tie.ipv6_address;
    }
    if (chance(random, 25) && service.container_name === undefined)
      service.scale = 1 + random.int(4);
  }
  return true;
};

const scale = onTie(({ service }, { random }) => {
  if (chance(random, 50)) service.scale = random.int(3);
  else service.deploy = { replicas: 1 + random.int(3) };
  return true;
});

const mac = onTie(({ service, tie }, { random, model }) => {
  const others = Object.values(model.services).flatMap((each) =>
    Object.values(each.networks ?? {}).flatMap((other) => other?.mac_address ?? []),
  );
  const text = random.pick([
    ...[
      "01:00:5e:00:00:01",
      "00:00:00:00:00:00",
      "ff:ff:ff:ff:ff:ff",
      "02:42:0a:4d:00",
      "nonsense",
    ],
    ...["0242.0a4d.0009", "02-42-0a-4d-00-09", "02:42:0A:4D:00:0A", "02:42:0a:4d:00:09:01:02", ""],
    ...["2:42:a:4d:0:9", "02420a4d0009", "02:42:0a:4d:00:0b", "02:42:0a:4d:00:0b"],
    "00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01",
    ...others,
    ...others,
    unicastMac(random),
  ]);
  if (chance(random, 30)) service.mac_address = text;
  else tie.mac_address = text;
  return true;
});

/** The same MAC, written the same or not, on both levels. */
const macTwice = onTie(({ service, tie }, { random }) => {
  service.mac_address = "02:42:0a:4d:00:0c";
  tie.mac_address = random.pick([
    ...["02:42:0a:4d:00:0c", "02:42:0A:4D:00:0C", "02-42-0a-4d-00-0c", "02:42:0a:4d:00:0d"],
  ]);
  return true;
});

const everyNetwork: Fault = ({ random, model, networks }) => {
  const services = Object.values(model.services).filter(({ networks: own }) => own);
  if (services.length === 0 || networks.length < 2) return false;
  const { networks: ties } = random.pick(services);
  for (const { key } of networks) if (ties) ties[key] ??= null;
  return true;
};

const linkLocal = onTie(({ tie }, { random }) => {
  tie.link_local_ips = random.pick([
    ["169.254.3.3"],
    ["10.77.0.3"],
    ["fe80::3"],
    ["x"],
    ["169.254.3.3", "169.254.3.4"],
    ["169.254.3.3/16"],
    [""],
  ]);
  return true;
});

const interfaceName = onTie(({ service, tie }, { random }) => {
  tie.interface_name = random.pick([
    ...["eth7", "lo", "a-very-long-name0", "has blank", "a/b", "fifteen-chars-x", "eth0", "", "."],
    ...["eth1", "..", "wan0"],
  ]);
  for (const other of Object.values(service.networks ?? {})) {
    if (other && other !== tie && chance(random, 60)) other.interface_name = tie.interface_name;
  }
  return true;
});

const priorities = onTie(({ service }, { random }) => {
  const ties = (service.networks ??= {});
  for (const key of Object.keys(ties)) {
    const tie = (ties[key] ??= {});
    if (chance(random, 50)) tie.priority = random.int(3) * 10;
    if (chance(random, 50)) tie.gw_priority = random.int(3) - 1;
    if (chance(random, 30)) tie.mac_address = unicastMac(random);
  }
  return true;
});

const shape: Fault = ({ random, model, networks }) => {
  const key = random.pick(Object.keys(model.services));
  const service = model.services[key];
  if (!service) return false;
  const change = random.int(8);
  if (change === 0) service.network_mode = random.pick(["host", "none", "bridge", "service:s9"]);
  else if (change === 1) {
    delete service.networks;
    service.network_mode = random.pick([
      "service:s1",
      "service:s0",
      "container:own-gone",
      "own-net",
    ]);
  } else if (change === 2) (service.networks ??= {})["elsewhere"] = null;
  else if (change === 3) {
    for (const each of Object.values(model.services)) each.container_name = "own-same";
  } else if (change === 4) {
    const tie = Object.values(service.networks ?? {})[0];
    if (!tie) return false;
    tie[random.pick(["ip_address", "ipv4", "x-why"])] = "10.77.0.9";
  } else if (change === 5) (service.networks ??= {})["default"] = null;
  else if (change === 6) service.networks = {};
  else service.profiles = ["extra"];
  if (change === 7 && networks.length > 1 && chance(random, 50)) service.profiles = [];
  return true;
};

export const serviceFaults: readonly (readonly [number, Fault])[] = [
  [20, fixed],
  [5, malformed],
  [8, dynamic],
  [5, scale],
  [8, mac],
  [3, macTwice],
  [6, everyNetwork],
  [2, linkLocal],
  [3, interfaceName],
  [3, priorities],
  [5, shape],
];
