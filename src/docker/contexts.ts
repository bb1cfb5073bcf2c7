/** The contexts that the docker command knows on this machine. docker/cli cli/context/store. */
import { readdir } from "node:fs/promises";
import { record, text } from "../model/json";
import { type EndpointWorld, configDir, currentContext, parseJson } from "./endpoint";

export interface DockerContext {
  readonly name: string;
  /** As it is stored, without a password; empty where the context names none. */
  readonly host: string;
  readonly description?: string;
  /** The docker command uses it when no variable says otherwise. */
  readonly isCurrent: boolean;
}

/** Stored contexts by name, `default` first; what cannot be read is left out. `list`: names in a folder. */
export async function listContexts(
  world: EndpointWorld,
  list: (folder: string) => Promise<readonly string[]> = (folder) =>
    readdir(folder).catch(() => []),
): Promise<DockerContext[]> {
  const folder = `${configDir(world)}/contexts/meta`;
  const [current, names] = await Promise.all([currentContext(world), list(folder)]);
  const files = await Promise.all(
    names.map((name) => world.readFile(`${folder}/${name}/meta.json`)),
  );
  const stored = files.flatMap((file) => {
    const meta = record(parseJson(file));
    const name = text(meta["Name"]);
    if (name === undefined || name === "default") return [];
    const host = text(record(record(meta["Endpoints"])["docker"])["Host"]) ?? "";
    const description = text(record(meta["Metadata"])["Description"]);
    return {
      name,
      host: host.replace(/\/\/[^/@]*:[^/@]*@/, "//"),
      ...(description !== undefined && { description }),
      isCurrent: name === current,
    };
  });
  stored.sort((a, b) => (a.name < b.name ? -1 : 1));
  const isCurrent = current === undefined || current === "default";
  return [{ name: "default", host: "", isCurrent }, ...stored];
}
