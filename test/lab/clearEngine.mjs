// @ts-check

/**
 * Removes every container and every network that is not the engine's own.
 * @param {(method: string, path: string) => Promise<{ body: any }>} api
 */
export async function clearEngine(api) {
  const { body: containers } = await api("GET", "/containers/json?all=1");
  await Promise.all(
    containers.map((/** @type {{ Id: string }} */ { Id }) =>
      api("DELETE", `/containers/${Id}?force=1&v=1`),
    ),
  );
  const { body: networks } = await api("GET", "/networks");
  for (const { Id, Name } of networks) {
    if (!["bridge", "host", "none"].includes(Name)) await api("DELETE", `/networks/${Id}`);
  }
}
