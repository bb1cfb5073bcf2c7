/** What the findings of all projects depend on besides the files. */
import type { EngineContainer } from "../model/attachment";
import { type Prefix, parsePrefix } from "../model/cidr";
import { type EngineInForce, engineInForce } from "../model/engineInForce";
import type { Facts } from "../model/facts";
import type { CheckerSurroundings } from "./protocol";

export class CheckerConditions {
  readonly run: CheckerSurroundings["run"];
  readonly engine: EngineInForce;
  /** What the rules find in each project is wanted, too. */
  readonly showsAll: boolean;
  private known: Facts;

  constructor({ run, facts, show }: CheckerSurroundings) {
    this.run = run;
    this.known = facts;
    this.showsAll = show === "all";
    this.engine = engineInForce({ asked: run.engineVersion, connected: facts.engine?.version });
  }

  get facts(): Facts {
    return this.known;
  }

  /** LANs that the hosts share: setting `macvlan.lan`. */
  get lans(): readonly Prefix[] {
    return (this.known.lan ?? []).flatMap(({ subnet }) => parsePrefix(subnet) ?? []);
  }

  /** More containers of the facts. */
  add(containers: readonly EngineContainer[]): void {
    this.known = {
      ...this.known,
      containers: [...(this.known.containers ?? []), ...containers],
    };
  }
}
