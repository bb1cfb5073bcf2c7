import type { ServiceView } from "./context";
import type { Report, ReportFunction, Rule } from "./rule";
import { EarlierPorts } from "./support/earlierPorts";
import { type PublishedPort, publishedByKey, publishedPorts } from "./support/publishedPorts";

export const hostPortTaken: Rule = {
  id: "host-port-taken",
  severity: "error",
  summary: "One port of the host is published twice.",
  hasFix: false,
  checkService(view, _, report) {
    const { service } = view;
    const ports = publishedPorts(view);
    const [first] = ports;
    if (first && service.replicas !== undefined && service.replicas > 1) {
      report({ place: first.place, ...manyTimes(view, first, service.replicas) });
      return;
    }
    if (ports.length === publishedByKey(view).size) return;
    const earlier = new Map<string, EarlierPorts<ServiceView>>();
    for (const port of ports) {
      let same = earlier.get(port.key);
      if (!same) earlier.set(port.key, (same = new EarlierPorts()));
      const other = same.inTheWay(port, true);
      if (other) report({ place: port.place, ...twice(view, port, other.holder, other.port) });
      same.add(port, view);
    }
  },
  check({ publishedPorts: holders }, report) {
    for (const key of holders.repeated()) reportKey(holders.holders(key), key, report);
  },
};

function reportKey(views: readonly ServiceView[], key: string, report: ReportFunction): void {
  const earlier = new EarlierPorts<ServiceView>();
  for (const view of views) {
    const own = publishedByKey(view).get(key) ?? [];
    for (const port of own) {
      const other = earlier.inTheWay(port, false);
      if (other) report({ place: port.place, ...twice(view, port, other.holder, other.port) });
    }
    for (const port of own) earlier.add(port, view);
  }
}

type Told = Omit<Report, "place">;

/** Bound already by the engine itself, or, by one of another address, in the kernel. */
const words = {
  engineMessage: "port is already allocated",
  otherMessages: ["address already in use"],
};

function twice(
  { service }: ServiceView,
  port: PublishedPort,
  { service: holder }: ServiceView,
  other: PublishedPort,
): Told {
  const who =
    holder === service ? `twice by "${service.key}"` : `by "${holder.key}" and by "${service.key}"`;
  return {
    message:
      `Port ${port.key} of the host is published ${who}: Docker starts only one of them. ` +
      "Publish another port, or the same on different addresses of the host.",
    related: [{ place: other.place, message: `"${holder.key}" publishes it here.` }],
    ...words,
  };
}

function manyTimes({ service }: ServiceView, port: PublishedPort, replicas: number): Told {
  return {
    message:
      `"${service.key}" runs ${replicas} times, and every container wants port ${port.key} of the host: Docker starts ` +
      "only one of them. Leave the port of the host out, or give a range.",
    related: service.replicasValue
      ? [{ place: service.replicasValue.place, message: "The number of containers." }]
      : [],
    ...words,
  };
}
