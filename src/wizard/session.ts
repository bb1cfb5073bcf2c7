/** What the wizard says to its page and does on its behalf; panel.ts is the tab around it. PURE. */
import type { EngineState } from "../inventory/inventory";
import type { Facts } from "../model/facts";
import type { NetworkSpec } from "../model/network";
import type { RunOptions } from "../rules/run";
import type { WizardForm } from "./form";
import { pageFacts } from "./pageFacts";
import { type Evaluation, evaluate } from "./plan";
import { rebase } from "./prefill";
import type { Action, FromPage, ToPage } from "./protocol";
import { type PlanStart, startForm } from "./start";

/** The world around a session. */
export interface SessionHost {
  readonly post: (message: ToPage) => void;
  readonly state: () => EngineState;
  readonly facts: () => Facts;
  readonly options: () => RunOptions;
  /** Name of the compose file that an insertion would choose without asking, or empty. */
  readonly composeFile: () => string;
  /** These do it and return a sentence of success; undefined when the user changed their mind. */
  readonly create: (spec: NetworkSpec) => Promise<string | undefined>;
  readonly insert: (spec: NetworkSpec) => Promise<string | undefined>;
  readonly copy: (text: string, what: string) => Promise<string | undefined>;
  /** Tells the user of a failure, and returns the words for the page. */
  readonly fail: (what: string, error: unknown) => string;
  readonly openLanSetting: () => void;
}

/** The form cannot be used as it is; the message says why. */
export class FormError extends Error {
  override readonly name = "FormError";
}

export class WizardSession {
  private readonly host: SessionHost;
  private start: PlanStart;
  /** What was prefilled last; while the form is still that, news of the host prefill it anew. */
  private prefilled: WizardForm | undefined;
  private latest: { readonly form: WizardForm; readonly seq: number } | undefined;
  /** The form that was created: it is not told off for the network that it has become. */
  private created: { readonly form: WizardForm; readonly facts: Facts } | undefined;
  private ready = false;

  constructor(host: SessionHost, start: PlanStart) {
    this.host = host;
    this.start = start;
  }

  handle(message: FromPage): void {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.postFacts();
        if (message.form) this.host.post({ type: "form", form: message.form });
        else this.begin(this.start);
        return;
      case "change":
        this.latest = message;
        this.postEvaluation();
        return;
      case "rebase": {
        const { form, parent, vlanId } = message;
        const moved = rebase(form, { parent, vlanId }, this.host.facts());
        this.host.post({ type: "form", form: moved });
        return;
      }
      case "act":
        void this.act(message.action, message.form);
        return;
      case "openLanSetting":
        this.host.openLanSetting();
        return;
      default:
        message satisfies never;
    }
  }

  /** Begins a plan anew. */
  begin(start: PlanStart): void {
    this.start = start;
    this.prefilled = startForm(start, this.host.facts());
    if (this.ready) this.host.post({ type: "form", form: this.prefilled });
  }

  /** Engine, interfaces, settings or open files are other than before. */
  worldChanged(): void {
    if (!this.ready) return;
    this.postFacts();
    const form = this.latest?.form;
    const untouched = same(form, this.prefilled) && !same(form, this.created?.form);
    if (untouched) this.prefillAnew();
    // Also then: where the prefill is as before, the page has nothing to answer.
    this.postEvaluation();
  }

  private prefillAnew(): void {
    const form = startForm(this.start, this.host.facts());
    if (!this.latest || same(form, this.prefilled)) return;
    this.prefilled = form;
    this.host.post({ type: "form", form, ifSeq: this.latest.seq });
  }

  private postFacts(): void {
    const { post, state, facts, composeFile } = this.host;
    post({ type: "facts", facts: pageFacts(state(), facts(), composeFile()) });
  }

  private postEvaluation(): void {
    if (!this.latest) return;
    const { seq, form } = this.latest;
    const facts = same(form, this.created?.form) ? this.created?.facts : undefined;
    this.host.post({ type: "evaluation", seq, evaluation: this.evaluate(form, facts) });
  }

  private evaluate(form: WizardForm, facts = this.host.facts()): Evaluation {
    return evaluate(form, facts, this.host.options());
  }

  private async act(action: Action, form: WizardForm): Promise<void> {
    const { post, fail } = this.host;
    post({ type: "busy", action, busy: true });
    try {
      const message = await this.perform(action, form);
      if (message !== undefined) post({ type: "outcome", action, ok: true, message });
    } catch (error) {
      const message = fail(actionWords(action, form), error);
      post({ type: "outcome", action, ok: false, message });
    } finally {
      post({ type: "busy", action, busy: false });
    }
  }

  /** The form is judged once more: what the page shows may be older than the facts. */
  private async perform(action: Action, form: WizardForm): Promise<string | undefined> {
    const evaluation = this.evaluate(form);
    switch (action) {
      case "copyCommand":
        return this.host.copy(evaluation.command, "Command");
      case "copyYaml":
        return this.host.copy(evaluation.composeYaml, "YAML");
      case "create":
        if (evaluation.blocked !== undefined) throw new FormError(evaluation.blocked);
        return this.create(form, usable(evaluation));
      case "insert":
        return this.host.insert(usable(evaluation));
    }
  }

  /** The engine's event may tell of the network before the call returns, so the form is remembered first. */
  private async create(form: WizardForm, spec: NetworkSpec): Promise<string | undefined> {
    this.created = { form, facts: this.host.facts() };
    try {
      return await this.host.create(spec);
    } catch (error) {
      this.created = undefined;
      this.postEvaluation();
      throw error;
    }
  }
}

/** The network to create, or why there is none. */
function usable({ spec, problems }: Evaluation): NetworkSpec {
  if (spec) return spec;
  throw new FormError(problems[0]?.message ?? "The plan has errors.");
}

/** What is done, in words that follow "Could not". */
function actionWords(action: Action, form: WizardForm): string {
  switch (action) {
    case "create":
      return `create network ${form.name.trim()}`.trim();
    case "insert":
      return "insert the network into a compose file";
    case "copyCommand":
      return "copy the command";
    case "copyYaml":
      return "copy the YAML";
  }
}

function same(a: WizardForm | undefined, b: WizardForm | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
