import type { Rule } from "./rule";
import { startRefusal } from "./support/refusal";

export const predefinedNetwork: Rule = {
  id: "predefined-network",
  severity: "error",
  summary:
    "A service is on one of the networks bridge, host and none, on which it cannot have its name.",
  hasFix: false,
  checkNetwork({ network, attachments }, { engine }, report) {
    const { declaration, external, realName } = network;
    if (!declaration || !external || realName === undefined) return;
    if (!["bridge", "host", "none"].includes(realName)) return;
    for (const { service, tie } of attachments) {
      report({
        place: tie.place,
        severity: startRefusal(service),
        message:
          `"${tie.key}" is Docker's own network "${realName}", and Compose gives each container its name on its ` +
          `networks, which Docker refuses there: "${service.key}" is not created. Write network_mode: ${realName} ` +
          "instead of networks.",
        related: [
          {
            place: declaration.name?.place ?? declaration.keyPlace,
            message: `The network "${realName}".`,
          },
        ],
        engineMessage: engine.predefinedWords,
        otherMessages: ["user specified IP address is supported on user defined networks only"],
      });
    }
  },
};
