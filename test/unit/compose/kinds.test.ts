import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";

/** The problems of a file with these texts behind a service's `networks:` and the network `lan:`. */
function problems({ ties = "[lan]", lan = "" }: { ties?: string; lan?: string }): string[] {
  const text = `services:\n  a: { image: alpine, networks: ${ties} }\nnetworks:\n  lan: ${lan}\n`;
  return new ComposeDocument("/srv/compose.yaml", text)
    .project()
    .problems.map(({ message }) => message.replace(": Compose refuses the file.", ""));
}

// What Compose 2.40.3 refuses and takes, tried with `docker compose config`.
describe("kinds of nodes in networks", () => {
  const refused: [string, string][] = [
    ["foo", '"lan" must be a mapping'],
    ["[a]", '"lan" must be a mapping'],
    ["{ driver_opts: }", '"driver_opts" must be a mapping'],
    ["{ driver_opts: [parent=eth0] }", '"driver_opts" must be a mapping'],
    ["{ ipam: }", '"ipam" must be a mapping'],
    ["{ ipam: { config: } }", '"config" must be a list'],
    ["{ ipam: { config: { subnet: 10.0.0.0/24 } } }", '"config" must be a list'],
    ["{ ipam: { config: [10.0.0.0/24] } }", 'An item of "config" must be a mapping'],
    ["{ ipam: { config: [{ aux_addresses: }] } }", '"aux_addresses" must be a mapping'],
    ["{ ipam: { config: [{ aux_addresses: [10.0.0.2] }] } }", '"aux_addresses" must be a mapping'],
    ["{ internal: }", '"internal" must be true or false'],
    ["{ internal: maybe }", '"internal" must be true or false'],
    ['{ internal: "" }', '"internal" must be true or false'],
    ["{ enable_ipv6: 1 }", '"enable_ipv6" must be true or false'],
    ["{ external: }", '"external" must be true or false'],
    ["{ labels: }", '"labels" must be a list or a mapping'],
  ];
  for (const [lan, message] of refused) {
    it(`refuses the network ${lan}`, () => {
      assert.deepEqual(problems({ lan }), [message]);
    });
  }

  const refusedTies: [string, string][] = [
    ["", '"networks" must be a list or a mapping'],
    ["lan", '"networks" must be a list or a mapping'],
    ["[lan, lan]", '"lan" stands twice in this list'],
    ["{ lan: foo }", '"lan" must be a mapping'],
    ["{ lan: [a] }", '"lan" must be a mapping'],
    ["{ lan: { priority: x } }", '"priority" must be a number'],
    ['{ lan: { gw_priority: "1" } }', '"gw_priority" must be a number'],
    ["{ lan: { aliases: a } }", '"aliases" must be a list'],
  ];
  for (const [ties, message] of refusedTies) {
    it(`refuses a service's networks ${ties || "with nothing behind"}`, () => {
      assert.deepEqual(problems({ ties }), [message]);
    });
  }

  for (const lan of [
    "",
    "~",
    "{}",
    "{ driver_opts: {} }",
    "{ driver_opts: !reset null }",
    "{ ipam: { config: [] } }",
    "{ internal: TRUE }",
    '{ internal: "On" }',
    "{ internal: !reset null }",
    "{ external: { name: x } }",
    '{ internal: "${SOMETHING}" }',
  ]) {
    it(`takes the network ${lan || "with nothing behind"}`, () => {
      assert.deepEqual(problems({ lan }), []);
    });
  }

  for (const ties of ["[]", "{}", "{ lan: }", "{ lan: {} }", "{ lan: { priority: 1.5 } }"]) {
    it(`takes a service's networks ${ties}`, () => {
      assert.deepEqual(problems({ ties }), []);
    });
  }
});

describe("networks of a service that a variable hides", () => {
  const first = (ties: string) => {
    const text = `services:\n  a: { image: alpine, networks: ${ties} }\n`;
    return new ComposeDocument("/srv/compose.yaml", text).project().services[0];
  };

  it("are not known, and not taken for the default network", () => {
    const service = first('["${NETWORK}"]');
    assert.equal(service?.networksKnown, false);
    assert.deepEqual(service.networks, []);
  });

  it("are known where they are written", () => {
    assert.equal(first("[lan]")?.networksKnown, true);
    assert.equal(first("{ lan: {} }")?.networksKnown, true);
    assert.equal(first("[]")?.networksKnown, true);
  });
});
