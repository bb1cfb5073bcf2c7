import { setValue } from "../compose/value";
import type { Fix, Rule } from "./rule";
import { refusalOf } from "./support/refusal";

export const blankNetworkName: Rule = {
  id: "blank-network-name",
  severity: "error",
  summary: "A network is given an empty name.",
  hasFix: true,
  checkNetwork({ network }, { projectName }, report) {
    const { declaration, external, key } = network;
    const value = declaration?.name;
    if (!value?.known || value.text.trim() !== "") return;
    const usual = external ? key : projectName && `${projectName}_${key}`;
    report({
      place: value.place,
      severity: refusalOf(network),
      message: external
        ? `Compose looks for a network without a name, and there is none. Leave name out, and it looks for "${key}".`
        : `Docker refuses a network without a name. Leave name out, and Compose calls it ${usual ?? `<project>_${key}`}.`,
      // Which of the two 20.10 says depends on what it was asked before.
      engineMessage: external ? "declared as external, but could not be found" : "invalid name:",
      otherMessages: external ? [] : ["already exists"],
      ...(external && { speaker: "Compose" as const }),
      fixes: (): readonly Fix[] => {
        const edit = usual ? setValue(value, usual) : undefined;
        return edit
          ? [{ title: `Name it ${usual ?? ""}`, preferred: true, safe: false, edits: [edit] }]
          : [];
      },
    });
  },
};
