/** Files that a service names and Compose reads: `env_file` and `label_file`. */
import type { FileStore } from "./fileStore";
import { type Reading, listField, nameField, nameValue } from "./fields";
import { resolvePath } from "./paths";
import type { Place } from "./place";
import type { ServiceDeclaration } from "./project";
import type { Fields } from "./resolve";
import type { Value } from "./value";

/** A file without which Compose refuses the service. */
export interface FileNeed {
  readonly kind: "env_file" | "label_file";
  /** As it is written, with variables substituted. */
  readonly name: string;
  readonly place: Place;
}

/** A file that is needed and was looked for in vain. */
export interface AbsentFile extends FileNeed {
  /** Key of the service. */
  readonly service: string;
  /** Where Compose looks for it. */
  readonly path: string;
}

/** `fields`: what is below the service. Files that may be missing are left out. */
export function readFileNeeds(reading: Reading, fields: Fields): readonly FileNeed[] {
  const kinds = (["env_file", "label_file"] as const).filter((kind) => fields.has(kind));
  return kinds.flatMap((kind) =>
    namesOf(reading, fields, kind).flatMap(({ text, known, type, place }) =>
      known && type !== "null" ? [{ kind, name: text, place }] : [],
    ),
  );
}

function namesOf(reading: Reading, fields: Fields, key: string): Value[] {
  const field = fields.get(key);
  if (field?.node?.kind === "scalar") return [nameValue(reading, field.node, field.through)];
  return listField(reading, fields, key).flatMap(({ node, through }): Value[] => {
    if (node?.kind === "scalar") return [nameValue(reading, node, through)];
    if (node?.kind !== "map") return [];
    const inner = reading.resolver.fields(node, through);
    const required = nameField(reading, inner, "required");
    const path = nameField(reading, inner, "path");
    const needed = required === undefined || (required.known && isTrue(required.text));
    return path && needed ? [path] : [];
  });
}

function isTrue(text: string): boolean {
  return ["true", "yes", "y", "on"].includes(text.toLowerCase());
}

/**
 * The files that enabled services need and that are not there. `folders` gives what relative paths of a
 * compose file start from; where that, or whether there is a file, is not known, nothing is said.
 */
export function absentFiles(
  services: readonly ServiceDeclaration[],
  folders: { foldersOf(path: string): ReadonlySet<string> },
  files: FileStore,
): AbsentFile[] {
  const absent: AbsentFile[] = [];
  for (const { key, enabled, needs } of services) {
    if (!enabled) continue;
    for (const need of needs.files) {
      const path = pathOf(need, folders.foldersOf(need.place.path));
      if (path === undefined || (path !== "" && files.exists(path) !== false)) continue;
      absent.push({ ...need, service: key, path });
    }
  }
  return absent;
}

/** Undefined where nothing can be said of it. */
function pathOf({ name }: FileNeed, folders: ReadonlySet<string>): string | undefined {
  const [folder, other] = folders;
  if (folder === undefined || other !== undefined || !isOnDisk(folder)) return undefined;
  // Whose home is meant depends on who starts Compose; a device is always there.
  if (name.startsWith("~") || name.startsWith("/dev/")) return undefined;
  return name === "" ? "" : resolvePath(folder, name);
}

/** A repository that is looked at without a checkout has only what is committed. */
function isOnDisk(folder: string): boolean {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):\/\//.exec(folder)?.[1];
  return scheme === undefined || scheme === "file" || scheme === "vscode-remote";
}
