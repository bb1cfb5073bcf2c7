import { record, text } from "../model/json";

/** A line of a pull's progress for a person, such as `a1b2c3: Downloading 3.1 of 10.2 MB`; undefined without words. */
export function pullLine(payload: unknown): string | undefined {
  const item = record(payload);
  const status = text(item["status"]);
  if (status === undefined) return undefined;
  const { current, total } = record(item["progressDetail"]);
  const id = text(item["id"]);
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  const amount =
    typeof current === "number" && typeof total === "number"
      ? ` ${megabytes(current)} of ${megabytes(total)} MB`
      : "";
  return `${id === undefined ? "" : `${id}: `}${status}${amount}`;
}
