import type { Log } from "../workbench/log";

export function showLog({ log }: { log: Log }): void {
  log.show();
}
