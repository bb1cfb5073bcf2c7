import { type Address, type Prefix, parseAddress, parsePrefix } from "../model/cidr";
import { type Mac, parseMac } from "../model/mac";
import type { Place, TextEdit } from "./place";

export type ValueType = "string" | "number" | "boolean" | "null";

/** How a scalar stands in its file: what to write so that the value becomes another text. */
export interface Writable {
  readonly place: Place;
  readonly style: "plain" | "single" | "double";
}

const nowhere: readonly Place[] = [];

/**
 * A scalar as Compose sees it: after YAML, anchors, merges and interpolation. The readings as
 * address, prefix and MAC are kept, so that an unchanged part of a file is parsed once.
 */
export class Value {
  readonly text: string;
  /** YAML core-schema type of the scalar, or of a string that was quoted. */
  readonly type: ValueType;
  /** The scalar in the file, quotes included. */
  readonly place: Place;
  /** False when a variable without default, a template mark or a placeholder hides the real text. */
  readonly known: boolean;
  /** Absent when no edit of one place can set the value (half of it comes from a variable). */
  readonly writable: Writable | undefined;
  /** The way from the use to this scalar: aliases, merge keys. Outermost first. */
  readonly through: readonly Place[];
  private addressReading: Address | null | undefined;
  private prefixReading: Prefix | null | undefined;
  private macReading: Mac | null | undefined;

  constructor(init: {
    text: string;
    type: ValueType;
    place: Place;
    known: boolean;
    writable?: Writable | undefined;
    through?: readonly Place[];
  }) {
    this.text = init.text;
    this.type = init.type;
    this.place = init.place;
    this.known = init.known;
    this.writable = init.writable;
    this.through = init.through ?? nowhere;
  }

  /** The text as an address, if it is one. */
  get address(): Address | undefined {
    if (this.addressReading === undefined) this.addressReading = parseAddress(this.text) ?? null;
    return this.addressReading ?? undefined;
  }

  /** The text as address/length, host bits kept, if it is one. */
  get prefix(): Prefix | undefined {
    if (this.prefixReading === undefined) this.prefixReading = parsePrefix(this.text) ?? null;
    return this.prefixReading ?? undefined;
  }

  /** The text as a MAC, if it is one. */
  get mac(): Mac | undefined {
    if (this.macReading === undefined) this.macReading = parseMac(this.text) ?? null;
    return this.macReading ?? undefined;
  }
}

/**
 * The edit that makes the value read `text` (an address, prefix, MAC, name: nothing that needs
 * escapes), with the quotes it had. Undefined where the value is not writable.
 */
export function setValue(value: Value, text: string): TextEdit | undefined {
  if (!value.writable) return undefined;
  const { path, from, to } = value.writable.place;
  return { path, from, to, newText: text };
}
