/** What the page knows, and the events that change it. No markup here. */
import {
  type ExcludedRow,
  type FieldId,
  type WizardForm,
  emptyForm,
  withDriver,
} from "../../src/wizard/form";
import type { ProblemFix } from "../../src/wizard/formChecks";
import type { Evaluation } from "../../src/wizard/plan";
import { type Action, type PageFacts, type ToPage, readForm } from "../../src/wizard/protocol";
import { keepState, keptState, post } from "./vscodeApi";

/** Typing is quicker than this only in bursts; each pause is judged. */
const pauseMs = 50;

export interface Outcome {
  readonly ok: boolean;
  readonly message: string;
}

export class WizardModel {
  form: WizardForm = emptyForm;
  facts: PageFacts = { engine: "", connected: false, parents: [], composeFile: "" };
  /** Absent until the first answer came. */
  evaluation: Evaluation | undefined;
  busy: Action | undefined;
  outcome: Outcome | undefined;
  /** Fields that were typed in; what is still missing elsewhere is no error yet. */
  private readonly touched = new Set<string>();
  private readonly onChange: () => void;
  private seq = 0;
  private timer: number | undefined;
  /** Parent and VLAN id that the extension has answered to last. */
  private base = { parent: "", vlanId: "" };
  private started = false;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  start(): void {
    const form = readForm(keptState());
    post(form ? { type: "ready", form } : { type: "ready" });
  }

  receive(message: ToPage): void {
    switch (message.type) {
      case "facts":
        this.facts = message.facts;
        break;
      case "form":
        if (message.ifSeq !== undefined && message.ifSeq !== this.seq) return;
        this.takeForm(message.form);
        break;
      case "evaluation":
        if (message.seq !== this.seq) return;
        this.evaluation = message.evaluation;
        break;
      case "busy":
        this.busy = message.busy ? message.action : undefined;
        break;
      case "outcome":
        this.outcome = { ok: message.ok, message: message.message };
        break;
      default:
        message satisfies never;
    }
    this.onChange();
  }

  set(change: Partial<WizardForm>): void {
    const form = change.driver ? withDriver(this.form, change.driver) : this.form;
    this.form = { ...form, ...change, ...(change.driver ? { mode: form.mode } : {}) };
    this.outcome = undefined;
    for (const field of Object.keys(change)) this.touched.add(field);
    const { parent, vlanId } = this.form;
    if (parent !== this.base.parent || vlanId !== this.base.vlanId) {
      post({ type: "rebase", form: { ...this.form, ...this.base }, parent, vlanId });
    }
    this.changed();
  }

  setRow(index: number, change: Partial<ExcludedRow>): void {
    const excluded = this.form.excluded.map((row, i) =>
      i === index ? { ...row, ...change } : row,
    );
    this.set({ excluded });
  }

  addRow(): void {
    this.set({ excluded: [...this.form.excluded, { name: "", address: "" }] });
  }

  removeRow(index: number): void {
    this.set({ excluded: this.form.excluded.filter((_, i) => i !== index) });
  }

  applyFix(fix: ProblemFix): void {
    this.set(fix.form);
  }

  act(action: Action): void {
    if (this.busy) return;
    post({ type: "act", action, form: this.form });
  }

  problemsOf(field: FieldId): Evaluation["problems"] {
    return this.shownProblems().filter((problem) => problem.field === field);
  }

  /** Without what is merely missing in fields that nobody has come to yet. */
  shownProblems(): Evaluation["problems"] {
    const problems = this.evaluation?.problems ?? [];
    return problems.filter(({ field, missing }) => !missing || this.touched.has(field));
  }

  /** The user wants to go on: from now on everything that is missing shows. */
  touchAll(): void {
    for (const { field } of this.evaluation?.problems ?? []) this.touched.add(field);
    this.onChange();
  }

  notesOf(field: FieldId | undefined): Evaluation["notes"] {
    return this.evaluation?.notes.filter((note) => note.field === field) ?? [];
  }

  /** An answer to an older parent or VLAN id is dropped: a newer one is under way. */
  private takeForm(form: WizardForm): void {
    const current = form.parent === this.form.parent && form.vlanId === this.form.vlanId;
    const pending = this.form.parent !== this.base.parent || this.form.vlanId !== this.base.vlanId;
    if (this.started && pending && !current) return;
    this.started = true;
    this.base = { parent: form.parent, vlanId: form.vlanId };
    this.form = form;
    this.changed();
  }

  private changed(): void {
    keepState(this.form);
    this.seq++;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      post({ type: "change", seq: this.seq, form: this.form });
    }, pauseMs);
    this.onChange();
  }
}
