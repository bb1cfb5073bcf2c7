import assert from "node:assert/strict";
import { ComposeDocument } from "../../../src/compose/document";
import { lensText } from "../../../src/editor/lensText";
import { upReport } from "../../../src/editor/upReport";
import type { Facts } from "../../../src/model/facts";
import type { EngineNetwork } from "../../../src/model/network";
import type { RuleContext } from "../../../src/rules/context";
import { networkHash } from "../../../src/rules/live/networkHash";
import { createContext } from "../../../src/rules/views/views";

const file = `services:
  web: { networks: { lan: { ipv4_address: 192.168.1.20 } } }
  dns: { networks: [lan, shop] }
networks:
  lan:
    driver: macvlan
    driver_opts: { parent: eth0 }
    ipam: { config: [{ subnet: 192.168.1.0/24, gateway: 192.168.1.1 }] }
  shop: { external: true, name: "shop|\`x\`" }
  idle: {}
`;

const engineVersion = "28.5.2";

function contextOf(networks: readonly EngineNetwork[] | undefined, more: Facts = {}): RuleContext {
  const project = new ComposeDocument("/p/compose.yaml", file, { projectName: "p" }).project();
  return createContext(project, { ...more, ...(networks && { networks }) }, engineVersion);
}

/** The hash that Compose would note of `lan`. */
const noted = (): string => {
  const declaration = contextOf([]).network("lan")?.declaration;
  return networkHash("p_lan", declaration) ?? "";
};
const live = (configHash: string, subnet = "192.168.1.0/24"): EngineNetwork => ({
  id: "1",
  name: "p_lan",
  driver: "macvlan",
  parent: "eth0",
  project: "p",
  composeKey: "lan",
  configHash,
  ipam: [{ subnet, gateway: "192.168.1.1" }],
});
const container = (name: string, project: string, service: string) => ({
  id: name,
  name,
  running: true,
  project,
  service,
  attachments: [{ network: "p_lan" }],
});

const titleOf = (context: RuleContext, key = "lan") => {
  const network = context.network(key);
  assert.ok(network);
  return lensText(context, network)?.title;
};

describe("what stands above a network", () => {
  it("says nothing while no engine is known, and of networks that nobody is on", () => {
    assert.equal(titleOf(contextOf(undefined)), undefined);
    assert.equal(titleOf(contextOf([]), "idle"), undefined);
  });

  it("counts containers and free addresses of one that the engine has", () => {
    const containers = [container("p-web-1", "p", "web")];
    const context = contextOf([live(noted())], { containers });
    assert.equal(titleOf(context), "$(check) in the engine · 1 container · 252 free addresses");
    // The file does not tell the address that the engine chose; the tree counts it, too.
    const chosen = [{ network: "p_lan", ipv4: "192.168.1.77" }];
    const two = [...containers, { ...container("p-dns-1", "p", "dns"), attachments: chosen }];
    assert.equal(
      titleOf(contextOf([live(noted())], { containers: two })),
      "$(check) in the engine · 2 containers · 251 free addresses",
    );
  });

  it("says what is made, made anew, refused or missing", () => {
    assert.equal(titleOf(contextOf([])), "$(add) docker compose up makes it · 252 free addresses");
    assert.equal(titleOf(contextOf([]), "shop"), "$(error) not in the engine: create it...");
    const old = live("0");
    assert.equal(titleOf(contextOf([old])), "$(sync) differs: docker compose up makes it anew");
    const guest = { containers: [container("guest", "other", "web")] };
    assert.equal(
      titleOf(contextOf([old], guest)),
      "$(error) differs: docker compose up is refused",
    );
    const { composeKey, ...byHand } = old;
    assert.equal(composeKey, "lan");
    assert.equal(
      titleOf(contextOf([byHand])),
      "$(error) the engine has another network of this name",
    );
  });
});

describe("the check before docker compose up", () => {
  const rowsOf = (context: RuleContext) =>
    upReport(context, [])
      .split("\n")
      .filter((line) => line.startsWith("| `"));

  it("has a row for each network, in which names are no Markdown", () => {
    const containers = [container("p-web-1", "p", "web")];
    assert.deepEqual(rowsOf(contextOf([live("0", "10.0.0.0/24")], { containers })), [
      "| `lan` | `p_lan` | It is removed and made anew (subnet `10.0.0.0/24` becomes `192.168.1.0/24`). `p-web-1` stop for it. |",
      "| `shop` | `` shop¦`x` `` | **Refused**: it is external, and the engine does not have it. |",
      "| `idle` | `p_idle` | Nothing: no service that starts is on it. |",
    ]);
  });

  it("begins with the verdict, and says what it was compared with", () => {
    assert.match(
      upReport(contextOf([]), []),
      /^\*\*Nothing stands in its way\.\*\* Compared with what Docker 28\.5\.2 has now\.$/m,
    );
    assert.match(
      upReport(contextOf(undefined), []),
      /No engine is connected, so only the files were checked\./,
    );
    const place = contextOf([]).network("lan")?.declaration?.keyPlace;
    assert.ok(place);
    const finding = { rule: "r", severity: "error", message: "No.\nNever.", place } as const;
    const text = upReport(contextOf([]), [{ finding, path: "compose.yaml", line: 5, column: 3 }]);
    assert.match(text, /^\*\*It is refused: 1 error\.\*\*/m);
    assert.match(text, /^- `compose\.yaml:5:3` r {2}\n {2}`No\. Never\.`$/m);
  });
});
