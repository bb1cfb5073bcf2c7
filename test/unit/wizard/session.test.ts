import assert from "node:assert/strict";
import { beforeEach, describe, it } from "mocha";
import type { EngineState } from "../../../src/inventory/inventory";
import type { Facts } from "../../../src/model/facts";
import type { NetworkSpec } from "../../../src/model/network";
import type { WizardForm } from "../../../src/wizard/form";
import { prefill } from "../../../src/wizard/prefill";
import type { ToPage } from "../../../src/wizard/protocol";
import { WizardSession } from "../../../src/wizard/session";
import { home } from "./facts";

const absent: EngineState = { kind: "absent", detail: "No Docker engine answers." };

describe("WizardSession", () => {
  let facts: Facts;
  let posted: ToPage[];
  let session: WizardSession;
  let create: (spec: NetworkSpec) => Promise<string | undefined>;
  const copied: string[] = [];

  beforeEach(() => {
    facts = home;
    posted = [];
    create = ({ name }) => Promise.resolve(`Network ${name} created.`);
    session = new WizardSession(
      {
        post: (message) => void posted.push(message),
        state: () => absent,
        facts: () => facts,
        options: () => ({}),
        composeFile: () => "compose.yaml",
        create: (spec) => create(spec),
        insert: ({ name }) => Promise.resolve(`Network ${name} inserted.`),
        copy: (text, what) => {
          copied.push(text);
          return Promise.resolve(`${what} copied.`);
        },
        fail: (what, error) => `Could not ${what}: ${error instanceof Error ? error.message : "?"}`,
        openLanSetting: () => undefined,
      },
      {},
    );
  });

  const posts = <T extends ToPage["type"]>(type: T) =>
    posted.filter((message): message is Extract<ToPage, { type: T }> => message.type === type);
  const start = (form?: WizardForm) => {
    session.handle(form ? { type: "ready", form } : { type: "ready" });
    const first = posts("form").at(-1)?.form;
    assert.ok(first);
    session.handle({ type: "change", seq: 1, form: first });
    return first;
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it("says nothing before the page listens", () => {
    session.worldChanged();
    session.begin({ parent: "br0" });
    assert.deepEqual(posted, []);
    assert.equal(start().parent, "br0");
  });

  it("gives the page its facts, then a form, then a judgement with the number of the change", () => {
    assert.deepEqual(start(), prefill(home));
    assert.deepEqual(
      posted.map(({ type }) => type),
      ["facts", "form", "evaluation"],
    );
    const page = posts("facts")[0]?.facts;
    assert.equal(page?.engine, absent.detail);
    assert.equal(page.connected, false);
    assert.equal(page.composeFile, "compose.yaml");
    assert.equal(posts("evaluation")[0]?.seq, 1);
  });

  it("takes over what the page kept of an earlier life", () => {
    const kept = { ...prefill(home), name: "iot" };
    assert.deepEqual(start(kept), kept);
  });

  it("prefills anew what nobody has touched, unless something is typed meanwhile", () => {
    facts = {};
    start();
    posted = [];
    facts = home;
    session.worldChanged();
    assert.deepEqual(posts("form"), [{ type: "form", form: prefill(home), ifSeq: 1 }]);
  });

  it("leaves a touched form alone, and judges it anew", () => {
    const form = start();
    session.handle({ type: "change", seq: 2, form: { ...form, gateway: "192.168.1.254" } });
    posted = [];
    const networks = [{ id: "1", name: "lan", driver: "macvlan" }];
    facts = { ...home, networks };
    session.worldChanged();
    assert.deepEqual(posts("form"), []);
    const [answer] = posts("evaluation");
    assert.equal(answer?.seq, 2);
    assert.ok(answer.evaluation.problems.some(({ field }) => field === "name"));
  });

  it("creates, and does not tell the created form off", async () => {
    const form = start();
    create = ({ name }) => {
      facts = { ...home, networks: [{ id: "1", name, driver: "macvlan" }] };
      session.worldChanged();
      return Promise.resolve("Done.");
    };
    posted = [];
    session.handle({ type: "act", action: "create", form });
    await settled();
    assert.deepEqual(posts("outcome"), [
      { type: "outcome", action: "create", ok: true, message: "Done." },
    ]);
    assert.deepEqual(
      posts("busy").map(({ busy }) => busy),
      [true, false],
    );
    const errors = posts("evaluation").flatMap(({ evaluation }) => evaluation.problems);
    assert.deepEqual(
      errors.filter(({ severity }) => severity === "error"),
      [],
    );
    assert.deepEqual(posts("form"), [], "the form stays what it is");
  });

  it("tells the page why the engine refused, and judges by the facts again", async () => {
    const form = start();
    create = () => Promise.reject(new Error("pool overlaps"));
    session.handle({ type: "act", action: "create", form });
    await settled();
    const outcome = posts("outcome")[0];
    assert.equal(outcome?.ok, false);
    assert.equal(outcome.message, "Could not create network lan: pool overlaps");
    facts = { ...home, networks: [{ id: "1", name: "lan", driver: "macvlan" }] };
    session.handle({ type: "change", seq: 2, form });
    assert.equal(posts("evaluation").at(-1)?.evaluation.spec, undefined);
  });

  it("does not create what has errors by now, whatever the page thinks", async () => {
    const form = start();
    facts = { ...home, networks: [{ id: "1", name: "lan", driver: "macvlan" }] };
    let asked = false;
    create = () => {
      asked = true;
      return Promise.resolve(undefined);
    };
    session.handle({ type: "act", action: "create", form });
    await settled();
    assert.equal(asked, false);
    assert.match(posts("outcome")[0]?.message ?? "", /already has a network named lan/);
  });

  it("creates nothing on Docker Desktop, but copies", async () => {
    facts = { ...home, engine: { desktop: true } };
    const form = start();
    session.handle({ type: "act", action: "create", form });
    session.handle({ type: "act", action: "copyCommand", form });
    await settled();
    assert.match(posts("outcome")[0]?.message ?? "", /Docker Desktop/);
    assert.equal(posts("outcome")[1]?.ok, true);
    assert.match(copied.at(-1) ?? "", /^docker network create/);
  });

  it("answers another parent with what that one prefills", () => {
    const form = start();
    session.handle({ type: "rebase", form, parent: "br0", vlanId: "" });
    assert.equal(posts("form").at(-1)?.form.subnet, "10.9.0.0/16");
  });
});
