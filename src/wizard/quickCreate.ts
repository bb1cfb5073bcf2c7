/** `macvlan.quickCreate`: the wizard's plan by a series of questions, for those who want no page. */
import * as vscode from "vscode";
import type { Inventory } from "../inventory/inventory";
import { UserError } from "../workbench/presentError";
import { type Answer, type Position, askPick, askText } from "../workbench/quickSteps";
import { runOptions } from "../workbench/runOptions";
import { copyCommand, createOnEngine, insertIntoComposeFile } from "./actions";
import type { WizardDeps } from "./deps";
import type { WizardForm } from "./form";
import { parentChoices } from "./parents";
import { type Evaluation, evaluate } from "./plan";
import { rebase } from "./prefill";
import { readForm } from "./protocol";
import {
  type Question,
  type TextQuestion,
  modeChoices,
  parentText,
  questions,
  worstProblem,
} from "./quickSteps";
import { readStart, startForm } from "./start";

const finishes = ["create", "insert", "copyCommand"] as const;
type Finish = (typeof finishes)[number];

/** Milliseconds that the first question waits for the engine. */
const patience = 5_000;
/** Milliseconds that answering the questions may take with everything kept current. */
const attention = 300_000;

/** What another program, such as a test, may pass to skip the questions. */
export interface QuickCreateArguments {
  /** Fields that differ from what is prefilled. */
  readonly form?: Partial<WizardForm>;
  /** With it nothing is asked. */
  readonly finish?: Finish;
  /** Where `insert` goes; else the active compose file or the user's choice. */
  readonly composeFile?: vscode.Uri;
}

/** Asks, then does what was chosen; a sentence of success, or undefined when the user gave up. */
export async function quickCreate(
  deps: WizardDeps,
  argument: unknown,
): Promise<string | undefined> {
  const given = readArguments(argument);
  await engineKnown(deps.inventory);
  const prefilled = startForm(readStart(argument), deps.inventory.facts);
  const begun = readForm({ ...prefilled, ...given.form });
  if (!begun) throw new UserError("The fields that were passed are none of a plan.");
  const answers = given.finish
    ? { form: begun, finish: given.finish }
    : await interview(deps, begun);
  if (!answers) return undefined;
  const { form, finish } = answers;
  const evaluation = judge(deps, form);
  const { blocked } = evaluation;
  if (!evaluation.spec)
    throw new UserError(evaluation.problems[0]?.message ?? "The plan has errors.");
  const { spec } = evaluation;
  switch (finish) {
    case "create":
      if (blocked !== undefined) throw new UserError(blocked);
      return createOnEngine(deps, spec);
    case "insert":
      return insertIntoComposeFile(spec, given.composeFile);
    case "copyCommand":
      return copyCommand(spec);
  }
}

/** Until the engine has answered or failed, so that the first question knows the host's interfaces. */
async function engineKnown(inventory: Inventory): Promise<void> {
  inventory.watch(attention);
  await Promise.race([
    inventory.current(),
    new Promise<void>((resolve) => setTimeout(resolve, patience)),
  ]);
}

/** Commands are called with anything; only what has the right type is taken. */
function readArguments(raw: unknown): QuickCreateArguments {
  if (typeof raw !== "object" || raw === null) return {};
  const { form, finish, composeFile } = raw as Record<string, unknown>;
  const known = finishes.find((name) => name === finish);
  return {
    ...(typeof form === "object" && form !== null ? { form } : {}),
    ...(known ? { finish: known } : {}),
    ...(composeFile instanceof vscode.Uri ? { composeFile } : {}),
  };
}

function judge(deps: WizardDeps, form: WizardForm): Evaluation {
  const { facts } = deps.inventory;
  return evaluate(form, facts, runOptions(deps.configuration.read(), facts));
}

async function interview(
  deps: WizardDeps,
  begun: WizardForm,
): Promise<{ form: WizardForm; finish: Finish } | undefined> {
  const totalSteps = questions.length + 1;
  /** The form before each step, to come back to. */
  const forms: WizardForm[] = [begun];
  for (let step = 1; ;) {
    const form = forms[step - 1] ?? begun;
    const position = { title: "Create a network on the LAN", step, totalSteps };
    const question = questions[step - 1];
    if (!question) {
      const finish = await askFinish(deps, form, position);
      if (finish === undefined) return undefined;
      if (finish === "back") step--;
      else return { form, finish: finish.value };
      continue;
    }
    const answer = await askQuestion(deps, form, question, position);
    if (answer === undefined) return undefined;
    if (answer === "back") {
      step--;
    } else {
      forms[step] = answer.value;
      step++;
    }
  }
}

function askQuestion(
  deps: WizardDeps,
  form: WizardForm,
  question: Question,
  position: Position,
): Promise<Answer<WizardForm>> {
  switch (question.kind) {
    case "text":
      return askTextQuestion(deps, form, question, position);
    case "parent":
      return askParent(deps, form, question.prompt, position);
    case "mode":
      return askMode(form, question.prompt, position);
  }
}

async function askTextQuestion(
  deps: WizardDeps,
  form: WizardForm,
  question: TextQuestion,
  position: Position,
): Promise<Answer<WizardForm>> {
  const { facts } = deps.inventory;
  const answered = (text: string) => question.answer(form, text, facts);
  const answer = await askText(position, {
    prompt: question.prompt,
    placeholder: question.placeholder,
    value: question.value(form),
    objectionTo: (text) => worstProblem(question, judge(deps, answered(text))),
  });
  return isAnswered(answer) ? { value: answered(answer.value) } : answer;
}

function isAnswered<T>(answer: Answer<T>): answer is { readonly value: T } {
  return answer !== undefined && answer !== "back";
}

/** A list where the host's interfaces are known, else an input. */
async function askParent(
  deps: WizardDeps,
  form: WizardForm,
  prompt: string,
  position: Position,
): Promise<Answer<WizardForm>> {
  const { facts } = deps.inventory;
  const choices = parentChoices(facts).map(({ name, detail, flag }) => ({
    label: flag ? `$(warning) ${name}` : `$(plug) ${name}`,
    description: detail,
    ...(flag ? { detail: `${flag.reason} ${flag.alternative}` } : {}),
    name,
  }));
  if (choices.length === 0) return askTextQuestion(deps, form, parentText, position);
  const other = { label: "$(edit) Another name …", description: "", name: undefined };
  const items: (vscode.QuickPickItem & { name: string | undefined })[] = [...choices, other];
  const active = items.find(({ name }) => name === form.parent);
  const answer = await askPick(position, { placeholder: prompt, items, active });
  if (!isAnswered(answer)) return answer;
  const parent = answer.value.name;
  if (parent === undefined) return askTextQuestion(deps, form, parentText, position);
  return { value: rebase(form, { parent, vlanId: form.vlanId }, facts) };
}

async function askMode(
  form: WizardForm,
  prompt: string,
  position: Position,
): Promise<Answer<WizardForm>> {
  const items = modeChoices.map(({ driver, mode }, index) => ({
    label: `${driver} ${mode}`,
    description: index === 0 ? "a MAC address for each container; what nearly everybody wants" : "",
    driver,
    mode,
  }));
  const active = items.find(({ driver, mode }) => driver === form.driver && mode === form.mode);
  const answer = await askPick(position, { placeholder: prompt, items, active });
  if (!isAnswered(answer)) return answer;
  const { driver, mode } = answer.value;
  return { value: { ...form, driver, mode } };
}

async function askFinish(
  deps: WizardDeps,
  form: WizardForm,
  position: Position,
): Promise<Answer<Finish>> {
  const { command, blocked } = judge(deps, form);
  const oneLine = command.replaceAll(/ \\\n\s+/g, " ");
  const { state } = deps.inventory;
  const create = {
    label: "$(add) Create on the engine",
    detail: oneLine,
    finish: "create" as const,
  };
  const items = [
    ...(state.kind === "connected" && blocked === undefined ? [create] : []),
    {
      label: "$(insert) Insert into a compose file",
      detail: blocked ?? "Shows the edit; nothing is saved.",
      finish: "insert" as const,
    },
    { label: "$(copy) Copy the command", detail: oneLine, finish: "copyCommand" as const },
  ];
  const placeholder = `What to do with the network ${form.name}`;
  const answer = await askPick(position, { placeholder, items });
  return isAnswered(answer) ? { value: answer.value.finish } : answer;
}
