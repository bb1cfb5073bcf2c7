import type { Place } from "../compose/place";
import type { Rule } from "./rule";
import { meantOption } from "./support/meantOption";
import { optionOf, ownLanNetworks } from "./support/parents";

export const noParent: Rule = {
  id: "no-parent",
  severity: "warning",
  summary: "A macvlan or ipvlan network without a parent interface reaches nothing but itself.",
  hasFix: false,
  needsWholeProject: true,
  check({ engine, networks, project }, report) {
    for (const { network, driver } of ownLanNetworks(networks)) {
      const { declaration } = network;
      // An internal network without a parent is what somebody wanted who wrote `internal: true`.
      if (declaration?.internal !== false) continue;
      const written = optionOf(network, "parent");
      if (written && (!written.known || written.text !== "")) continue;
      // `parent:` with nothing behind it is refused by Compose: the reading of the file says so.
      if (project.problems.some(({ place }) => isInside(place, declaration.place))) continue;
      // `parnet: eth0` has its own finding, and its fix gives the network a parent.
      const misspelt = declaration.driverOpts.some(
        ({ key, value }) =>
          meantOption(key, value, driver, engine) === "parent" && key !== "parent",
      );
      if (misspelt) continue;
      const route = engine.noParentIsInternal ? ", and they get no default route" : "";
      report({
        place: written?.place ?? declaration.keyPlace,
        message:
          `Network "${network.key}" has no parent interface, so Docker ties it to a dummy link: ` +
          `its containers reach each other and nothing else${route}. ` +
          "Name the host's interface in driver_opts: parent.",
      });
    }
  },
};

function isInside(inner: Place, outer: Place): boolean {
  return inner.path === outer.path && outer.from <= inner.from && inner.to <= outer.to;
}
