import type { Rule } from "./rule";

export const envFileMissing: Rule = {
  id: "env-file-missing",
  severity: "error",
  summary: "A file that env_file or label_file names is not there.",
  hasFix: false,
  check({ project }, report) {
    for (const { kind, name, path, place } of project.absentFiles) {
      const optional =
        kind === "env_file" ? ' A long form with "required: false" lets it be absent.' : "";
      report({
        place,
        message: `There is no file "${name}" here: Compose refuses the project until there is one.${optional}`,
        engineMessage: `${kind.replace("_", " ")} ${path} not found: stat ${path}: no such file or directory`,
      });
    }
  },
};
