/** From places in texts to what reports print: path, line, column. */
import { isAbsolute, relative, sep } from "node:path";
import { LineMap, type Position } from "../model/lineMap";

export interface Whereabouts {
  readonly path: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

/** The path as seen from the working folder, with forward slashes; absolute where it has no way there. */
export function shownPath(path: string): string {
  const seen = relative(process.cwd(), path);
  if (seen === "") return ".";
  return (isAbsolute(seen) ? path : seen).replaceAll(sep, "/");
}

/** Places in the texts of files, by absolute path. */
export class Places {
  private readonly texts: ReadonlyMap<string, string>;
  private readonly maps = new Map<string, LineMap>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.texts = texts;
  }

  at(place: { readonly path: string; readonly from: number; readonly to: number }): Whereabouts {
    const { path, from, to } = place;
    let map = this.maps.get(path);
    if (!map) this.maps.set(path, (map = new LineMap(this.textOf(path))));
    return { path: shownPath(path), start: map.at(from), end: map.at(to) };
  }

  textOf(path: string): string {
    return this.texts.get(path) ?? "";
  }
}
