import type { Rule } from "./rule";

export const networkModeConflict: Rule = {
  id: "network-mode-conflict",
  severity: "error",
  summary: "A service has network_mode and networks: Compose refuses both together.",
  hasFix: false,
  checkService({ service }, _, report) {
    const { enabled, key, networkMode, networks, networksPlace } = service;
    if (!enabled || !networkMode?.known || networkMode.text === "" || networkMode.type === "null")
      return;
    if (!networksPlace || networks.every(({ implicit }) => implicit)) return;
    report({
      place: networkMode.place,
      message:
        `"${key}" has network_mode "${networkMode.text}" and networks: with network_mode a service has no networks ` +
        "of its own, so Compose refuses both together. Leave one of them.",
      related: [{ place: networksPlace, message: "The networks stand here." }],
      engineMessage: `service ${key} declares mutually exclusive \`network_mode\` and \`networks\`: invalid compose project`,
    });
  },
};
