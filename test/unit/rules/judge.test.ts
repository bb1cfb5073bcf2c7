import assert from "node:assert/strict";
import { judge } from "../../engine/differential/judge";

const text = `services:
  a:
    image: busybox
    networks: {n: {zeta: 1, alpha: 2, "it's": 3}}
networks:
  n: {}
`;

function agrees(words: string): boolean {
  const message = `validating compose.yaml: ${words}`;
  return judge(text, { accepted: false, message }, "28.5.2").agrees;
}

describe("judge of unknown keys, which Compose tells all at once in any order", () => {
  it("takes the keys of one mapping in each order", () => {
    const path = "services.a.networks.n additional properties";
    assert.ok(agrees(`${path} 'zeta', 'alpha', 'it\\'s' not allowed`));
    assert.ok(agrees(`${path} 'it\\'s', 'alpha', 'zeta' not allowed`));
  });

  it("takes no other keys, no fewer, and no other mapping", () => {
    const path = "services.a.networks.n additional properties";
    assert.ok(!agrees(`${path} 'alpha', 'zeta' not allowed`));
    assert.ok(!agrees(`${path} 'alpha', 'beta', 'it\\'s', 'zeta' not allowed`));
    assert.ok(!agrees("networks.n additional properties 'alpha', 'it\\'s', 'zeta' not allowed"));
  });
});
