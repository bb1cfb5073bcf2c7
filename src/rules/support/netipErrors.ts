/**
 * What Go's net/netip says of a text that is no address or prefix: the words of Engine 29 and of
 * Compose 5, which both decode with it. Undefined where the text is fine, and for IPv6 addresses,
 * whose many messages are not told apart here.
 */
import { parseAddress } from "../../model/cidr";

export function addressError(text: string): string | undefined {
  if (parseAddress(text)) return undefined;
  const reason = addressReason(text);
  return reason === undefined ? undefined : `ParseAddr(${quote(text)}): ${reason}`;
}

export function prefixError(text: string): string | undefined {
  const reason = prefixReason(text);
  return reason === undefined ? undefined : `netip.ParsePrefix(${quote(text)}): ${reason}`;
}

function prefixReason(text: string): string | undefined {
  const slash = text.lastIndexOf("/");
  if (slash < 0) return "no '/'";
  const address = parseAddress(text.slice(0, slash));
  if (!address) return addressError(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (!/^(?:[0-9]|[1-9][0-9]+)$/.test(bits)) return `bad bits after slash: ${quote(bits)}`;
  return Number(bits) > (address.family === 4 ? 32 : 128)
    ? "prefix length out of range"
    : undefined;
}

function addressReason(text: string): string | undefined {
  const mark = /[.:%]/.exec(text)?.[0];
  if (mark === ":") return undefined;
  if (mark === "%") return "missing IPv6 address";
  return mark === "." ? v4Reason(text) : "unable to parse IP";
}

/** The first thing that is wrong, reading from the left, as parseIPv4Fields does. */
function v4Reason(text: string): string | undefined {
  let value = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (/[0-9]/.test(char)) {
      if (digits === 1 && value === 0) return "IPv4 field has octet with leading zero";
      value = value * 10 + Number(char);
      digits++;
      if (value > 255) return "IPv4 field has value >255";
    } else if (char === ".") {
      if (digits === 0 || i === text.length - 1) {
        return `IPv4 field must have at least one digit (at ${quote(text.slice(i))})`;
      }
      if (dots === 3) return "IPv4 address too long";
      dots++;
      value = 0;
      digits = 0;
    } else {
      return `unexpected character (at ${quote(text.slice(i))})`;
    }
  }
  return dots < 3 ? "IPv4 address too short" : undefined;
}

/** Go's strconv.Quote, for the texts that a line of YAML can hold. */
function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
