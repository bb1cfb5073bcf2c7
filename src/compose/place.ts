/** Where things stand in files. Offsets are UTF-16 code units, `to` is exclusive. */

/** The part of a file that moves as one piece when text before it changes. */
export interface Region {
  readonly path: string;
  /** Offset of the region in its file. Only compose/document.ts changes it. */
  start: number;
}

/** A stretch of a file. Reads as of the last edit: keep it no longer than the analysis it came with. */
export interface Place {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** A place relative to its region, so that edits elsewhere in the file cost it nothing. */
export class RegionPlace implements Place {
  private readonly region: Region;
  private readonly relativeFrom: number;
  private readonly relativeTo: number;

  constructor(region: Region, relativeFrom: number, relativeTo: number) {
    this.region = region;
    this.relativeFrom = relativeFrom;
    this.relativeTo = relativeTo;
  }

  get path(): string {
    return this.region.path;
  }
  get from(): number {
    return this.region.start + this.relativeFrom;
  }
  get to(): number {
    return this.region.start + this.relativeTo;
  }

  /** Characters. */
  get length(): number {
    return this.relativeTo - this.relativeFrom;
  }

  /** A part of this place; offsets count from its start. */
  part(from: number, to: number): RegionPlace {
    return new RegionPlace(this.region, this.relativeFrom + from, this.relativeFrom + to);
  }
}

/** Replaces the text at a place of a file. */
export interface TextEdit {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}
