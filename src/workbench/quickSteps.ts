import * as vscode from "vscode";
import { DisposableStore } from "./disposables";

/** What a question is answered with: a value, a step back, or nothing (Escape). */
export type Answer<T> = { readonly value: T } | "back" | undefined;

/** Where a question stands; VS Code writes it as (2/3). */
export interface Position {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

export interface Objection {
  readonly message: string;
  /** Only an error keeps the value from being taken. */
  readonly severity: "error" | "warning" | "information" | "hint";
}

const severities = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  information: vscode.InputBoxValidationSeverity.Info,
  hint: vscode.InputBoxValidationSeverity.Info,
} as const;

/** One question of a series. It writes its answer down itself, and keeps the former as its default. */
export type Question = (position: Position) => Promise<Answer<void>>;

/** Asks one after the other; Back goes to the one before. False when the user gave up. */
export async function askInTurn(title: string, questions: readonly Question[]): Promise<boolean> {
  let index = 0;
  while (index < questions.length) {
    const question = questions[index];
    const answer = await question?.({ title, step: index + 1, totalSteps: questions.length });
    if (answer === undefined) return false;
    index += answer === "back" ? -1 : 1;
  }
  return true;
}

/** Asks for a text. An error keeps the box open. */
export function askText(
  position: Position,
  options: {
    readonly prompt: string;
    readonly value: string;
    readonly placeholder?: string;
    readonly objectionTo?: (text: string) => Objection | undefined;
  },
): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  box.prompt = options.prompt;
  box.value = options.value;
  box.placeholder = options.placeholder ?? "";
  const check = (): boolean => {
    const objection = options.objectionTo?.(box.value.trim());
    box.validationMessage = objection && {
      message: objection.message,
      severity: severities[objection.severity],
    };
    return objection?.severity !== "error";
  };
  check();
  return run(box, position, (store, resolve) => {
    store.add(box.onDidChangeValue(check));
    store.add(
      box.onDidAccept(() => {
        if (check()) resolve({ value: box.value.trim() });
      }),
    );
  });
}

/** Asks for one of several; with `freeText` also for what is typed. */
export function askPick<T extends vscode.QuickPickItem>(
  position: Position,
  options: {
    readonly placeholder: string;
    readonly items: readonly T[];
    readonly active?: T | undefined;
    readonly freeText?: (text: string) => T;
  },
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.items = options.items;
  if (options.active) pick.activeItems = [options.active];
  return run(pick, position, (store, resolve) => {
    const { freeText } = options;
    if (freeText) {
      store.add(
        pick.onDidChangeValue((text) => {
          const typed = text.trim();
          const isListed = typed === "" || options.items.some((item) => item.label === typed);
          pick.items = isListed ? options.items : [...options.items, freeText(typed)];
        }),
      );
    }
    store.add(
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item) resolve({ value: item });
      }),
    );
  });
}

function run<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  position: Position,
  listen: (store: DisposableStore, resolve: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  const store = new DisposableStore();
  store.add(input);
  input.title = position.title;
  if (position.totalSteps > 1) {
    input.step = position.step;
    input.totalSteps = position.totalSteps;
  }
  // Answering a long form takes a look elsewhere: another window must not close the box.
  input.ignoreFocusOut = true;
  if (position.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Answer<T>>((resolve) => {
    store.add(
      input.onDidTriggerButton(() => {
        resolve("back");
      }),
    );
    store.add(
      input.onDidHide(() => {
        resolve(undefined);
      }),
    );
    listen(store, resolve);
    input.show();
  }).finally(() => {
    store.dispose();
  });
}
