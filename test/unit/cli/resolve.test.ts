import assert from "node:assert/strict";
import { useCli } from "./runCli";

/**
 * Expected values are what `docker compose config --format json` of Compose 2.40.3 prints of the same
 * file, without the parts that are not about networks.
 */
describe("macvlan-check resolve", () => {
  const cli = useCli();
  const resolve = (text: string, args: string[] = []) => {
    cli.write("proj/compose.yaml", text);
    const { code, out, err } = cli.run(["resolve", "proj/compose.yaml", ...args]);
    assert.deepEqual([err, code], ["", 0]);
    return JSON.parse(out) as unknown;
  };

  it("prints networks that are used, under the names that Compose gives them", () => {
    const text = `
services:
  a: {image: x, networks: [lan, ext]}
  b: {image: x, networks: {lan: {ipv4_address: "\${IP:-10.0.0.5}", priority: 3}, other: }}
  c: {image: x}
  d: {image: x, profiles: [off], networks: [unused]}
networks:
  lan:
    driver: macvlan
    driver_opts: {parent: eth0, vlan: 10}
    internal: false
    enable_ipv6: true
    ipam:
      driver: default
      config:
        - subnet: 10.0.0.0/24
          ip_range: 10.0.0.128/25
          gateway: 10.0.0.1
          aux_addresses: {r: 10.0.0.2}
  other: {internal: true, driver: "", ipam: {}}
  ext: {external: true}
  unused: {}
`;
    assert.deepEqual(resolve(text), {
      name: "proj",
      networks: {
        default: { name: "proj_default", ipam: {} },
        ext: { name: "ext", ipam: {}, external: true },
        lan: {
          name: "proj_lan",
          driver: "macvlan",
          driver_opts: { parent: "eth0", vlan: "10" },
          ipam: {
            driver: "default",
            config: [
              {
                subnet: "10.0.0.0/24",
                gateway: "10.0.0.1",
                ip_range: "10.0.0.128/25",
                aux_addresses: { r: "10.0.0.2" },
              },
            ],
          },
          enable_ipv6: true,
        },
        other: { name: "proj_other", ipam: {}, internal: true },
      },
      services: {
        a: { networks: { ext: null, lan: null } },
        b: { networks: { lan: { ipv4_address: "10.0.0.5", priority: 3 }, other: null } },
        c: { networks: { default: null } },
      },
    });
  });

  it("prints ports in the long form, scale and network_mode", () => {
    const text = `
name: My.App
services:
  a:
    image: x
    scale: 2
    mac_address: "02:42:00:00:00:01"
    networks: {default: }
    ports: ["8080:80", "127.0.0.1:9000-9001:9000-9001/udp", "53", {target: 80, published: 8081}]
  b: {image: x, network_mode: host, deploy: {replicas: 3}}
`;
    const mode = "ingress";
    assert.deepEqual(resolve(text), {
      name: "myapp",
      networks: { default: { name: "myapp_default", ipam: {} } },
      services: {
        a: {
          mac_address: "02:42:00:00:00:01",
          networks: { default: null },
          ports: [
            { mode, target: 80, published: "8080", protocol: "tcp" },
            { mode, host_ip: "127.0.0.1", target: 9000, published: "9000", protocol: "udp" },
            { mode, host_ip: "127.0.0.1", target: 9001, published: "9001", protocol: "udp" },
            { mode, target: 53, protocol: "tcp" },
            { mode, target: 80, published: "8081", protocol: "tcp" },
          ],
          scale: 2,
        },
        b: { network_mode: "host" },
      },
    });
  });

  it("takes profiles and variables", () => {
    cli.write("vars.env", "NET=front\n");
    const text =
      "services:\n  a: {image: x, profiles: [p], networks: [n]}\nnetworks:\n  n: {name: '${NET}'}\n";
    assert.deepEqual(resolve(text), { name: "proj", networks: {}, services: {} });
    assert.deepEqual(resolve(text, ["--profile", "p", "--env-file", "vars.env"]), {
      name: "proj",
      networks: { n: { name: "front", ipam: {} } },
      services: { a: { networks: { n: null } } },
    });
  });
});
