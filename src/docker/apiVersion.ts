/** Newest API version whose answers and requests are known here: Engine 29.3. */
export const newestApi = "1.54";

/** Oldest one: Engine 20.10. */
export const oldestApi = "1.41";

/**
 * The API version to speak with an engine that knows `newest` and, since 29, refuses what is older
 * than `oldest`.
 */
export function negotiate(newest: string, oldest?: string): string {
  const agreed = isAtLeast(newestApi, newest) ? newest : newestApi;
  return oldest !== undefined && !isAtLeast(agreed, oldest) ? oldest : agreed;
}

/** Whether API version `version` (`1.44`) is not older than `than`. */
export function isAtLeast(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split(".").map(Number);
  return major > thanMajor || (major === thanMajor && minor >= thanMinor);
}
