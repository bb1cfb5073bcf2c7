/** Carries a change out, step by step, and back again when one of them fails. */
import { quoteShell } from "../model/dockerCommand";
import { endpointOn } from "../model/endpoint";
import { type Change, type Step, commandOf, inverseOf, titleOf } from "./change";
import { type ChangeEngine, kindOf } from "./engine";
import { perform, stateOf } from "./stepState";

/** Why a change was not made. */
export type Failure =
  | { readonly kind: "cancelled" }
  /** What the step found was not what it was planned for. `reason`: a sentence. */
  | { readonly kind: "changed"; readonly step: Step; readonly reason: string }
  | { readonly kind: "error"; readonly step: Step | undefined; readonly error: unknown };

/** A step of the way back that could not be done. `error`: what the engine said, or our own sentence. */
export interface Left {
  readonly step: Step;
  readonly error: unknown;
}

export type Outcome =
  /** It was as wanted already: nothing was done. */
  | { readonly kind: "nothing" }
  | { readonly kind: "done" }
  /** Everything is as it was; `undone` steps were taken back. */
  | {
      readonly kind: "restored";
      readonly failure: Failure;
      readonly undone: readonly Step[];
      readonly moved: readonly Moved[];
    }
  /** What of the state before could not be restored, in the order in which to do it by hand. */
  | {
      readonly kind: "left";
      readonly failure: Failure;
      readonly left: readonly Left[];
      readonly moved: readonly Moved[];
      /**
       * Names of containers that ask for the address from now on which the engine had chosen, so that they
       * take none that is needed for what is left.
       */
      readonly fixed: readonly string[];
    };

/** A container that was put back, and for which the engine chose another address than before. */
export interface Moved {
  /** Names. */
  readonly container: string;
  readonly network: string;
  readonly from: string;
  readonly to: string;
}

export interface RunOptions {
  /** Aborted: the step under way is finished, then what was done is taken back. */
  readonly signal: AbortSignal;
  /** Before each step, `index` from 0. */
  readonly onStep?: (step: Step, index: number) => void;
  /** Before each step of the way back. */
  readonly onUndo?: (step: Step) => void;
  /** Lines for the log: commands as they are done. */
  readonly log?: (line: string) => void;
  /** Waits until an engine that did not answer may have settled. */
  readonly pause?: () => Promise<void>;
}

/** A step whose request was sent. */
interface Performed {
  readonly step: Step;
  /** The engine said no. Even so a look is taken: older ones leave traces of what they refused. */
  isRefused: boolean;
}

/** Never rejects: whatever happens is the outcome. */
export async function runChange(
  change: Change,
  engine: ChangeEngine,
  options: RunOptions,
): Promise<Outcome> {
  const performed: Performed[] = [];
  const failure = await forward(change, engine, options, performed);
  if (failure === "nothing") return { kind: "nothing" };
  if (failure === undefined) return { kind: "done" };
  const isUnsettled = failure.kind === "error" && !isAnswer(failure.error);
  if (isUnsettled && performed.length > 0) await options.pause?.();
  return backward(engine, options, performed, failure);
}

/** Returns why it stopped; undefined when it did not. Notes in `performed` what may have had an effect. */
async function forward(
  change: Change,
  engine: ChangeEngine,
  { signal, onStep, log }: RunOptions,
  performed: Performed[],
): Promise<Failure | "nothing" | undefined> {
  let current: Step | undefined;
  let request: Performed | undefined;
  try {
    if (await isReached(change.goal, engine, signal)) return "nothing";
    for (const [index, step] of change.steps.entries()) {
      if (signal.aborted) return { kind: "cancelled" };
      current = step;
      onStep?.(step, index);
      const state = await stateOf(step, engine, signal);
      if (state.kind === "done") continue;
      if (state.kind !== "todo") return { kind: "changed", step, reason: state.reason };
      if (isCancelled(signal)) return { kind: "cancelled" };
      const inverse = inverseOf(step);
      const back = inverse ? `   # back: ${quoteShell(commandOf(inverse))}` : "";
      log?.(`${quoteShell(commandOf(step))}${back}`);
      // Before the request: without an answer nobody knows whether it had its effect.
      request = { step, isRefused: false };
      performed.push(request);
      await perform(step, state, engine);
      request = undefined;
    }
    return undefined;
  } catch (error) {
    if (signal.aborted && !request) return { kind: "cancelled" };
    if (request && isAnswer(error)) {
      request.isRefused = true;
      // It is not made, or made by somebody else.
      if (request.step.kind === "createNetwork" || request.step.kind === "createContainer") {
        performed.pop();
      }
    }
    return { kind: "error", step: current, error };
  }
}

/**
 * Undoes what was performed, last first. A container that cannot be connected does not keep the others
 * from it. Any other step that fails ends the way back: what follows builds on it.
 */
async function backward(
  engine: ChangeEngine,
  options: RunOptions,
  performed: readonly Performed[],
  failure: Failure,
): Promise<Outcome> {
  const undone: Step[] = [];
  const left: Left[] = [];
  const moved: Moved[] = [];
  const fixed: string[] = [];
  let isBlocked = false;
  for (const { step: done, isRefused } of [...performed].reverse()) {
    const plain = inverseOf(done);
    if (!plain) continue;
    const step = left.length > 0 ? withChosen(plain) : plain;
    if (isBlocked) {
      left.push({ step: plain, error: new Error("It needs the step before it.") });
      continue;
    }
    options.onUndo?.(step);
    try {
      const isUndone = await undo(step, engine, options, isRefused);
      if (isUndone) undone.push(step);
      if (isUndone && step !== plain && "container" in step) fixed.push(step.container.name);
      moved.push(...(await movedBy(step, engine)));
    } catch (error) {
      options.log?.(
        `Could not ${titleOf(step)}: ${error instanceof Error ? error.message : String(error)}`,
      );
      left.push({ step: plain, error });
      isBlocked = step.kind !== "connect";
    }
  }
  return left.length > 0
    ? { kind: "left", failure, left, moved, fixed }
    : { kind: "restored", failure, undone, moved };
}

/** Asks for the addresses of before, though the engine chose them then. */
function withChosen(step: Step): Step {
  if (step.kind !== "connect" || !step.chosen) return step;
  const { chosen, ...others } = step;
  return { ...others, endpoint: { ...step.endpoint, ...chosen } };
}

/** Which addresses are others than before, now that the container is on the network again. */
async function movedBy(step: Step, engine: ChangeEngine): Promise<Moved[]> {
  if (step.kind !== "connect" || !step.chosen) return [];
  const { container, network, chosen } = step;
  const found = await engine.readContainer(container.id).catch(() => undefined);
  const endpoint = found && endpointOn(found, network);
  return (["ipv4", "ipv6"] as const).flatMap((family) => {
    const [from, to] = [chosen[family], endpoint?.[family]];
    if (from === undefined || to === undefined || from === to) return [];
    return [{ container: container.name, network: network.name, from, to }];
  });
}

/** True when there was something to undo. Tried once more when the engine fails. */
async function undo(
  step: Step,
  engine: ChangeEngine,
  { log, pause }: RunOptions,
  isRefused: boolean,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      const state = await stateOf(step, engine);
      if (state.kind === "done" || state.kind === "gone") return attempt > 1;
      // What the engine refused to do was not done by us.
      if (state.kind === "changed" && isRefused) return false;
      if (state.kind === "changed") throw new ChangedError(state.reason);
      log?.(quoteShell(commandOf(step)));
      await perform(step, state, engine);
      return true;
    } catch (error) {
      if (attempt === 2 || error instanceof ChangedError) throw error;
      await pause?.();
    }
  }
}

/** Somebody else changed what was to be undone; the message is a sentence. */
class ChangedError extends Error {}

async function isReached(
  goal: readonly Step[],
  engine: ChangeEngine,
  signal: AbortSignal,
): Promise<boolean> {
  for (const step of goal) {
    if ((await stateOf(step, engine, signal)).kind !== "done") return false;
  }
  return goal.length > 0;
}

/** Read anew: it may have been aborted while something else was awaited. */
function isCancelled(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Whether the engine itself refused, so that nothing is under way there. */
function isAnswer(error: unknown): boolean {
  return ["conflict", "inUse", "notFound", "rejected"].includes(kindOf(error) ?? "");
}
