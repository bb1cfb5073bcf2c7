/** What Compose asks of `build` beyond its shape (compose-go checkConsistency). */
import { type Reading, listField, mapField, nameField, nameValue } from "./fields";
import type { ReadProblem } from "./project";
import type { Fields } from "./resolve";

/** `fields`: what is below the service. */
export function buildFaults(reading: Reading, service: string, fields: Fields): ReadProblem[] {
  const build = mapField(reading, fields, "build");
  if (!build) return [];
  const faults: ReadProblem[] = [];
  const inline = nameField(reading, build, "dockerfile_inline");
  const file = nameField(reading, build, "dockerfile");
  if (inline?.known === true && inline.text !== "" && file?.known === true && file.text !== "") {
    faults.push({
      code: "consistency",
      message:
        "A build has either a dockerfile or a dockerfile_inline: Compose refuses the project.",
      composeMessage: `service "${service}" declares mutualy exclusive dockerfile and dockerfile_inline: invalid compose project`,
      place: file.place,
    });
  }
  const platform = nameField(reading, fields, "platform");
  const platforms = listField(reading, build, "platforms").map(({ node }) =>
    node?.kind === "scalar" ? nameValue(reading, node) : undefined,
  );
  if (platform?.known !== true || platform.text === "" || platforms.length === 0) return faults;
  if (platforms.some((one) => one?.known !== true || one.text === platform.text)) return faults;
  faults.push({
    code: "consistency",
    message: `"${platform.text}" is not among the platforms of the build: Compose refuses the project.`,
    composeMessage: `service.build.platforms MUST include service.platform "${platform.text}": invalid compose project`,
    place: platform.place,
  });
  return faults;
}
