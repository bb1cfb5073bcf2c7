/** A plan as text: the docker commands that say the same, fit to be pasted into a shell. */
import { quoteShell } from "../model/dockerCommand";
import { type Change, type Step, commandOf, inverseOf, titleOf } from "./change";
import type { Left } from "./runChange";

/** The commands alone, one after the other. */
export function changeCommands({ steps }: Change): string {
  return `${steps.map((step) => quoteShell(commandOf(step))).join("\n")}\n`;
}

/** The plan as a script with comments: each step, what to know, and the way back. */
export function changeText(change: Change): string {
  const back = [...change.steps].reverse().flatMap((step) => inverseOf(step) ?? []);
  return [
    comment(sentence(change.title)),
    comment("Step by step, as docker commands:"),
    "",
    ...change.steps.map(
      (step, index) => `${comment(`${index + 1}. ${labelOf(step)}`)}\n${line(step)}`,
    ),
    "",
    ...(change.notes.length === 0 ? [] : [comment("Good to know:")]),
    ...change.notes.map((note) => comment(`- ${note}`)),
    ...(change.notes.length === 0 ? [] : [""]),
    comment("The way back, taken by itself when a step fails or you cancel:"),
    ...back.map((step) => comment(`  ${line(step)}${chosenText(step)}`)),
    "",
  ].join("\n");
}

/** What of the way back is left to do by hand, as a script; `problems` tells for each why it was not done. */
export function leftText(
  change: Change,
  left: readonly Left[],
  problems: readonly string[],
): string {
  return [
    comment(`Left over from the attempt to ${change.title}.`),
    comment(
      "These steps back could not be done. Run them by hand, in this order, once the cause is gone:",
    ),
    "",
    ...left.map(
      ({ step }, index) =>
        `${comment(`${labelOf(step)}: ${problems[index] ?? ""}`)}\n${line(step)}`,
    ),
    "",
  ].join("\n");
}

/** Behind a command that leaves the address to the engine, as it was left before. */
function chosenText(step: Step): string {
  if (step.kind !== "connect" || !step.chosen) return "";
  const had = [step.chosen.ipv4, step.chosen.ipv6].filter(Boolean).join(" and ");
  return `   # it had ${had}, chosen by the engine, which chooses again`;
}

function labelOf(step: Step): string {
  const mac = "endpoint" in step && step.kind === "connect" ? step.endpoint.mac : undefined;
  // The docker command cannot ask for one; the API can.
  return mac === undefined
    ? sentence(titleOf(step))
    : `${sentence(titleOf(step))}, with the MAC address ${mac}`;
}

export function line(step: Step): string {
  return quoteShell(commandOf(step));
}

/** Every line of it behind a `#`: names may hold line ends. */
function comment(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((part) => `# ${part}`.trimEnd())
    .join("\n");
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
