import assert from "node:assert/strict";
import { connect } from "../../src/docker/connect";
import { parseHost } from "../../src/docker/dockerHost";
import type { EngineClient } from "../../src/docker/engineClient";
import type { Lab } from "../lab/lab.mjs";

/** A client of the lab's engine, or of what stands before it; to be disposed of. */
export async function connectToLab({ dockerHost }: Pick<Lab, "dockerHost">): Promise<EngineClient> {
  const endpoint = parseHost(dockerHost, "test");
  assert.ok("kind" in endpoint);
  return await connect(endpoint);
}
