/** Files that a service names and Compose reads: `env_file` and `label_file`. */
import type { FileStore } from "./fileStore";
import { type Reading, listField, nameField, nameValue } from "./fields";
import { resolvePath } from "./paths";
import type { Place } from "./place";
import type { ServiceDeclaration } from "./project";
import type { Fields } from "./resolve";
import type { Value } from "./value";

/** A file that Compose reads for a service. */
export interface FileNeed {
  readonly kind: "env_file" | "label_file";
  /** Compose refuses the service without it. */
  readonly required: boolean;
  /** Of an `env_file`: how it is read; undefined when that is not known. */
  readonly format: string | undefined;
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

/** `fields`: what is below the service. */
export function readFileNeeds(reading: Reading, fields: Fields): readonly FileNeed[] {
  const kinds = (["env_file", "label_file"] as const).filter((kind) => fields.has(kind));
  return kinds.flatMap((kind) =>
    itemsOf(reading, fields, kind).flatMap(({ path, ...rest }) => {
      const { text, known, type, place } = path;
      return known && type !== "null" ? [{ kind, name: text, place, ...rest }] : [];
    }),
  );
}

type Item = Pick<FileNeed, "required" | "format"> & { readonly path: Value };

function itemsOf(reading: Reading, fields: Fields, key: string): Item[] {
  const field = fields.get(key);
  const plain = (path: Value): Item => ({ path, required: true, format: "" });
  if (field?.node?.kind === "scalar") return [plain(nameValue(reading, field.node, field.through))];
  return listField(reading, fields, key).flatMap(({ node, through }): Item[] => {
    if (node?.kind === "scalar") return [plain(nameValue(reading, node, through))];
    if (node?.kind !== "map") return [];
    const inner = reading.resolver.fields(node, through);
    const path = nameField(reading, inner, "path");
    const required = nameField(reading, inner, "required");
    const format = nameField(reading, inner, "format");
    if (!path) return [];
    return [
      {
        path,
        required: required === undefined || (required.known && isTrue(required.text)),
        format: format?.known === false ? undefined : (format?.text ?? ""),
      },
    ];
  });
}

function isTrue(text: string): boolean {
  return ["true", "yes", "y", "on"].includes(text.toLowerCase());
}

/** What relative paths of a compose file start from. */
export interface Folders {
  foldersOf(path: string): ReadonlySet<string>;
}

/**
 * The files that enabled services need and that are not there. Where a folder, or whether there is a file, is
 * not known, nothing is said.
 */
export function absentFiles(
  services: readonly ServiceDeclaration[],
  folders: Folders,
  files: FileStore,
): AbsentFile[] {
  const absent: AbsentFile[] = [];
  for (const { key, enabled, needs } of services) {
    if (!enabled) continue;
    for (const need of needs.files) {
      if (!need.required) continue;
      const path = pathOfNeed(need, folders);
      if (path === undefined || (path !== "" && files.exists(path) !== false)) continue;
      absent.push({ ...need, service: key, path });
    }
  }
  return absent;
}

/** Where Compose looks for it; undefined where nothing can be said of that. */
export function pathOfNeed({ name, place }: FileNeed, folders: Folders): string | undefined {
  const [folder, other] = folders.foldersOf(place.path);
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
