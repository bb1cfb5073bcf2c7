/** Engine 29 counts the addresses of a network itself; there is none to ask, so these are its answers by its source. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "../../../src/docker/client";
import { parseHost } from "../../../src/docker/dockerHost";
import { poolStatusFromEngine } from "../../../src/docker/poolStatus";

/** `network.Inspect` of moby api/types/network/inspect.go, docker-v29.0.0, with the example of its api/swagger.yaml. */
const inspected = `{"Name":"lan","Id":"n1","Created":"2025-11-10T10:00:00.000000000Z","Scope":"local","Driver":"macvlan",
"EnableIPv4":true,"EnableIPv6":true,"IPAM":{"Driver":"default","Options":{},"Config":[{"Subnet":"172.16.0.0/16"}]},
"Internal":false,"Attachable":false,"Ingress":false,"ConfigFrom":{"Network":""},"ConfigOnly":false,
"Options":{"parent":"eth0"},"Labels":{},"Containers":{},
"Status":{"IPAM":{"Subnets":{"172.16.0.0/16":{"IPsInUse":3,"DynamicIPsAvailable":65533},
"2001:db8:abcd:12::/96":{"IPsInUse":5,"DynamicIPsAvailable":4294967291},
"fd00::/56":{"IPsInUse":2,"DynamicIPsAvailable":18446744073709551615}}}}}`;

describe("the engine's own counts of a network", () => {
  it("are read from its inspection, also where the engine ends counting", () => {
    assert.deepEqual(poolStatusFromEngine(JSON.parse(inspected)), [
      { subnet: "172.16.0.0/16", inUse: 3n, left: 65_533n },
      { subnet: "2001:db8:abcd:12::/96", inUse: 5n, left: 4_294_967_291n },
      { subnet: "fd00::/56", inUse: 2n, left: 1n << 64n },
    ]);
  });

  it("are none where it does not count, or says what cannot be", () => {
    for (const answer of [
      "{}",
      `{"Status":{"IPAM":{}}}`,
      `{"Status":{"IPAM":{"Subnets":{}}}}`,
      `{"Status":{"IPAM":{"Subnets":{"10.0.0.0/8":{"IPsInUse":-1,"DynamicIPsAvailable":1}}}}}`,
      `{"Status":{"IPAM":{"Subnets":{"10.0.0.0/8":{"IPsInUse":"1"}}}}}`,
    ]) {
      assert.equal(poolStatusFromEngine(JSON.parse(answer)), undefined, answer);
    }
  });

  for (const [api, expected] of [
    ["1.51", ["/version"]],
    ["1.52", ["/version", "/v1.52/networks/n1"]],
  ] as const) {
    it(`cost one request without a query where the API is ${api}, if they are there at all`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "engine-"));
      const asked: string[] = [];
      const server: Server = createServer((request, response) => {
        asked.push(request.url ?? "");
        const version = { Version: "29.0.0", ApiVersion: api, MinAPIVersion: "1.44", Os: "linux" };
        response.end(request.url === "/version" ? JSON.stringify(version) : inspected);
      });
      const path = join(folder, "docker.sock");
      await new Promise<void>((resolve) => server.listen(path, resolve));
      const endpoint = parseHost(`unix://${path}`, "test");
      assert.ok("kind" in endpoint);
      const client = createClient(endpoint);
      try {
        const status = await client.poolStatus("n1");
        assert.deepEqual(asked, expected);
        assert.equal(status?.[0]?.inUse, api === "1.52" ? 3n : undefined);
      } finally {
        client.dispose();
        server.close();
        rmSync(folder, { recursive: true });
      }
    });
  }
});
