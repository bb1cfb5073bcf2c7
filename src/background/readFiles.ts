/** Which projects read which files, to tell what is only a part of another project. */

interface Reading {
  /** Files that make the project, as Compose is given or finds them. */
  readonly own: readonly string[];
  /** Files that were read as Compose files. */
  readonly files: readonly string[];
  readonly included: readonly string[];
  /** Counts only as long as no other project reads its file. */
  readonly standIn: boolean;
}

export class ReadFiles {
  private readonly readings = new Map<string, Reading>();
  /** Projects by a file of theirs. */
  private readonly owners = new Sets();
  private readonly readers = new Sets();
  private readonly includers = new Sets();

  /** Takes what a project reads; undefined when it is gone. Gives the projects for which `isPart` may be another. */
  set(id: string, reading: Reading | undefined): Set<string> {
    const before = this.readings.get(id);
    const touched = new Set([
      ...(before?.files ?? []),
      ...(before?.included ?? []),
      ...(reading?.files ?? []),
      ...(reading?.included ?? []),
    ]);
    if (before) this.change("delete", id, before);
    if (reading) {
      this.readings.set(id, reading);
      this.change("add", id, reading);
    } else {
      this.readings.delete(id);
    }
    return new Set([...touched].flatMap((path) => [...this.owners.of(path)]).concat(id));
  }

  /** Whether the project is one only where nobody looks at the whole: what another project reads is a part of that. */
  isPart(id: string): boolean {
    const reading = this.readings.get(id);
    if (!reading || reading.own.length === 0) return false;
    const where = reading.standIn ? this.readers : this.includers;
    return reading.own.every((path) => [...where.of(path)].some((other) => other !== id));
  }

  private change(what: "add" | "delete", id: string, reading: Reading): void {
    for (const path of reading.own) this.owners[what](path, id);
    for (const path of reading.included) this.includers[what](path, id);
    if (!reading.standIn) for (const path of reading.files) this.readers[what](path, id);
  }
}

/** Several values by one key. */
class Sets {
  private readonly sets = new Map<string, Set<string>>();

  of(key: string): ReadonlySet<string> {
    return this.sets.get(key) ?? new Set();
  }

  add(key: string, value: string): void {
    const set = this.sets.get(key);
    if (set) set.add(value);
    else this.sets.set(key, new Set([value]));
  }

  delete(key: string, value: string): void {
    const set = this.sets.get(key);
    set?.delete(value);
    if (set?.size === 0) this.sets.delete(key);
  }
}
