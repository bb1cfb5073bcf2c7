import { addLine } from "../compose/addLine";
import type { ComposeProject, ServiceNetwork } from "../compose/project";
import type { Fix, Rule } from "./rule";
import { nearest } from "./support/nearest";

export const undefinedNetwork: Rule = {
  id: "undefined-network",
  severity: "error",
  summary: "A service is on a network that the file does not declare.",
  hasFix: true,
  needsWholeProject: true,
  check(context, report) {
    const { project, untied } = context;
    const alone = project.whole;
    const declared = project.networks.map(({ key }) => key);
    for (const { service } of untied) {
      if (!service.enabled) continue;
      for (const tie of service.networks) {
        if (tie.implicit || ["", "default"].includes(tie.key) || context.network(tie.key)) continue;
        const meant = nearest(tie.key, declared);
        // A file of another name may be one of several (-f a -f b, include), and another one
        // declares the network: only what looks mistyped is worth a word.
        if (!alone && meant === undefined) continue;
        report({
          place: tie.place,
          severity: alone ? "error" : "information",
          message:
            `"${service.key}" is on the network "${tie.key}", which ` +
            (alone
              ? "is not declared under the top-level networks: Compose refuses the project."
              : "this file does not declare: Compose refuses the project unless another of its files does.") +
            (meant === undefined ? "" : ` Did you mean "${meant}"?`),
          engineMessage: `service "${service.key}" refers to undefined network ${tie.key}: invalid compose project`,
          fixes: () => fixesFor(tie, meant, project),
        });
      }
    }
  },
};

function fixesFor(
  tie: ServiceNetwork,
  meant: string | undefined,
  project: ComposeProject,
): readonly Fix[] {
  const fixes: Fix[] = [];
  const { path, from, to } = tie.place;
  if (meant !== undefined) {
    const edits = [{ path, from, to, newText: meant }];
    fixes.push({ title: `Change to ${meant}`, preferred: true, safe: false, edits });
  }
  const body = project.networksBody;
  if (body) {
    const edits = [addLine(project, body, `${tie.key}:`)];
    fixes.push({ title: `Declare the network ${tie.key}`, preferred: false, safe: false, edits });
  }
  return fixes;
}
