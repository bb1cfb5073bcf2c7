/** Projects whose files are in memory. */
import { type ProjectRequest } from "../../../src/compose/discovery";
import { ProjectLoader } from "../../../src/compose/projectLoader";

/** A loader over files by path; a path that is not among them does not exist. */
export function loaderOf(
  files: Readonly<Record<string, string>>,
  request: Partial<ProjectRequest> = {},
): ProjectLoader {
  const texts = new Map(Object.entries(files));
  return new ProjectLoader(
    { read: (path) => texts.get(path) ?? null },
    { folder: "/srv/demo", environment: new Map(), ...request },
  );
}

/** What Compose says of the problems, as far as it has words for them. */
export function composeWords(loader: ProjectLoader): string[] {
  return loader.project().problems.map(({ message, composeMessage }) => composeMessage ?? message);
}
