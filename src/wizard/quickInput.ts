/** One step of a series of questions: an input or a list, with Back and the step's number. */
import * as vscode from "vscode";

/** The user went back, or gave up. */
export type Stopped = "back" | "cancelled";
export type Answer<T> = { readonly value: T } | Stopped;

interface Step {
  readonly title: string;
  /** Counts from 1. */
  readonly step: number;
  readonly totalSteps: number;
}

export interface InputStep extends Step {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Called while typing; an error keeps the step open. */
  readonly validate: (text: string) => vscode.InputBoxValidationMessage | undefined;
}

export function askText(options: InputStep): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = options.prompt;
  input.value = options.value;
  input.placeholder = options.placeholder;
  const validate = () => {
    input.validationMessage = options.validate(input.value);
  };
  validate();
  input.onDidChangeValue(validate);
  return ask(input, options, () => {
    const problem = options.validate(input.value);
    return problem?.severity === vscode.InputBoxValidationSeverity.Error
      ? undefined
      : { value: input.value.trim() };
  });
}

export interface PickStep<T extends vscode.QuickPickItem> extends Step {
  readonly placeholder: string;
  readonly items: readonly T[];
  readonly active?: T | undefined;
}

export function askChoice<T extends vscode.QuickPickItem>(
  options: PickStep<T>,
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.placeholder = options.placeholder;
  pick.items = options.items;
  pick.matchOnDescription = true;
  if (options.active) pick.activeItems = [options.active];
  return ask(pick, options, () => {
    const [value] = pick.activeItems;
    return value ? { value } : undefined;
  });
}

/** `accept`: the answer, or undefined while it is not acceptable. */
function ask<T>(
  input: vscode.QuickInput & {
    buttons: readonly vscode.QuickInputButton[];
    readonly onDidAccept: vscode.Event<void>;
    readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  },
  { title, step, totalSteps }: Step,
  accept: () => Answer<T> | undefined,
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    Object.assign(input, { title, step, totalSteps, ignoreFocusOut: true });
    input.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
    const finish = (answer: Answer<T>) => {
      resolve(answer);
      input.dispose();
    };
    input.onDidAccept(() => {
      const answer = accept();
      if (answer) finish(answer);
    });
    input.onDidTriggerButton(() => {
      finish("back");
    });
    // Also after `finish`, where it no longer counts.
    input.onDidHide(() => {
      finish("cancelled");
    });
    input.show();
  });
}
