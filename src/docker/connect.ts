import type { Endpoint } from "./dockerHost";
import type { EngineClient } from "./engineClient";

/** A client for the endpoint; connects to nothing yet. The library behind it is loaded by the first call. */
export async function connect(endpoint: Endpoint): Promise<EngineClient> {
  const { createClient } = await import("./client");
  return createClient(endpoint);
}
