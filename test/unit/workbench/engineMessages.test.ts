import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { explainMessage } from "../../../src/workbench/engineMessages";

const file = join(import.meta.dirname, "../../fixtures/differential/verdicts.jsonl.gz");

/** What engines 20.10, 26.1 and 28.5 said of generated compose files. */
function recorded(): string[] {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split("\n");
  return lines.flatMap((line) => {
    const [, messages] = JSON.parse(line) as [string, Record<string, string>];
    return Object.values(messages).filter((message) => message.includes("from daemon"));
  });
}

/** Of compose files that ask for what commands and wizard of this extension do not offer. */
const notOffered =
  /link.?local|bit range|bit does not belong|renaming interface|advertise addresses|swarm manager|"(?:host|null)" network|alias is supported|multiple subnets|IPv4 or IPv6 must be|invalid auxiliary address \S+: invalid address|on the host:\s*$|null ipam driver|pool is empty|non parsable secondary|networks have overlapping|failed to parse com\.docker|existing interface \S+ is not a bridge|interface sysctl|user defined networks only|mac-address and the network mode|network with name {2}already|: invalid argument|network {2}is ambiguous|ipvlan flag '\S+' is not valid/;

describe("the recorded messages of three engines", () => {
  it("are explained, but for those of what is not offered", () => {
    const messages = recorded();
    assert.ok(messages.length > 500, `${messages.length} are recorded`);
    const unknown = messages.filter((text) => !explainMessage(text) && !notOffered.test(text));
    assert.deepEqual([...new Set(unknown)], []);
  });
});

describe("the messages about pools and gateways", () => {
  const cases: readonly [message: string, reason: RegExp, nextStep: RegExp][] = [
    [
      "failed to allocate gateway (192.168.50.1): Address already in use",
      /the gateway 192\.168\.50\.1 is taken/,
      /router/,
    ],
    [
      "failed to allocate secondary ip address (nas:192.168.50.1): Address already in use",
      /excluded address "nas" \(192\.168\.50\.1\) is taken/,
      /name a gateway/,
    ],
    [
      "auxiliary address: (nas:192.168.61.4) must belong to the master pool: 192.168.60.0/24",
      /"nas" \(192\.168\.61\.4\) is not in the subnet 192\.168\.60\.0\/24/,
      /until it is restarted/,
    ],
    [
      "could not find a network matching network mode lan: network lan not found",
      /created on network lan, which is gone/,
      /since version 25\.0/,
    ],
    [
      'failed to set up container networking: failed to create endpoint web on network lan: network id "8c7c12e066ff" not found',
      /did not find the parent of network lan when it started/,
      /restart the engine, or remove the network/,
    ],
    ["Invalid subnet  : invalid CIDR address: ", /a pool has no subnet/, /such as/],
    [
      "invalid network config:\ninvalid subnet home: invalid CIDR block notation",
      /home is no subnet/,
      /such as/,
    ],
  ];
  for (const [message, reason, nextStep] of cases) {
    it(`explain: ${message}`, () => {
      assert.match(explainMessage(message)?.reason ?? "", reason);
      assert.match(explainMessage(message)?.nextStep ?? "", nextStep);
    });
  }
});
