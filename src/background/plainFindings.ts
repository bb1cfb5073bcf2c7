/** Findings as plain data, with lines and columns. */
import type { Place } from "../compose/place";
import { LineMap } from "../model/lineMap";
import { fullMessage } from "../rules/message";
import type { Finding } from "../rules/rule";
import type { PlainFinding, PlainPlace } from "./protocol";

/** Turns places and findings into plain data; a text is looked up when a place is in it. */
export class PlainFindings {
  private readonly textOf: (path: string) => string;
  private readonly maps = new Map<string, { readonly text: string; readonly lines: LineMap }>();

  constructor(textOf: (path: string) => string) {
    this.textOf = textOf;
  }

  of(findings: readonly Finding[], engineVersion: string): PlainFinding[] {
    return findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: fullMessage(finding, engineVersion),
      place: this.place(finding.place),
      related: (finding.related ?? []).map(({ place, message }) => ({
        place: this.place(place),
        message,
      })),
      unnecessary: finding.unnecessary === true,
      yields: finding.yields === true,
    }));
  }

  /** The place as of the file's text now; one that is plain already stays what it is. */
  place(place: Place): PlainPlace {
    if (isPlain(place)) return place;
    const { path, from, to } = place;
    const lines = this.lines(path);
    const [start, end] = [lines.at(from), lines.at(to)];
    return {
      path,
      from,
      to,
      range: {
        startLine: start.line - 1,
        startColumn: start.column - 1,
        endLine: end.line - 1,
        endColumn: end.column - 1,
      },
    };
  }

  /** Forgets the lines of all texts: they would keep the texts in memory. */
  clear(): void {
    this.maps.clear();
  }

  private lines(path: string): LineMap {
    const text = this.textOf(path);
    let known = this.maps.get(path);
    if (known?.text !== text) {
      known = { text, lines: new LineMap(text) };
      this.maps.set(path, known);
    }
    return known.lines;
  }
}

function isPlain(place: Place): place is PlainPlace {
  return "range" in place;
}
