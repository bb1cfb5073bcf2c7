/** Shapes that several keys share (compose-spec.json, definitions). */
import { dictionary, list, map, oneOf, type } from "./shape";

export const string = type("string");
export const boolean = type("boolean", "string");
export const integer = type("integer", "string");
export const number = type("number", "string");
export const stringOrNumber = type("string", "number");
export const strings = list(string, true);
export const anyStrings = list(string);
export const stringOrList = oneOf(string, strings);
export const command = oneOf(type("null"), string, anyStrings);
export const driverOptions = dictionary(stringOrNumber);
export const external = oneOf(
  type("boolean", "string", "object"),
  map({ name: string }, { extensions: true }),
);
/** Names of services, networks and the like. */
export const name = /^[a-zA-Z0-9._-]+$/;

/** A mapping of keys to plain values, or a list of `key=value`. */
export const listOrMap = oneOf(dictionary(type("string", "number", "boolean", "null")), strings);

export const extraHosts = oneOf(dictionary(oneOf(string, anyStrings)), strings);

export const serviceFiles = list(
  oneOf(string, map({ source: string, target: string, uid: string, gid: string, mode: number })),
);

export const ulimits = map(
  {},
  {
    others: {
      pattern: /^[a-z]+$/,
      shape: oneOf(integer, map({ hard: integer, soft: integer }, { required: ["soft", "hard"] })),
    },
    open: true,
  },
);
