import type { Facts } from "../model/facts";
import type { EngineNetwork } from "../model/network";
import {
  type Answer,
  type Position,
  type Question,
  askInTurn,
  askPick,
  askText,
} from "../workbench/quickSteps";
import { nameObjection, offeredAddress } from "./containerChecks";
import { askAddress } from "./containerQuestions";

export interface RunAnswers {
  image: string;
  /** Empty: one is made up. */
  name: string;
  /** Empty: the engine chooses. */
  address: string;
}

/** Asks image, name and address, with a way back; undefined when the user gave up. */
export async function askRun(
  facts: Facts,
  network: EngineNetwork,
  images: readonly string[],
): Promise<RunAnswers | undefined> {
  const answers: RunAnswers = { image: "", name: "", address: offeredAddress(facts, network) };
  const questions: Question[] = [
    async (position) => noted(await askImage(position, images), (text) => (answers.image = text)),
    async (position) =>
      noted(
        await askText(position, {
          prompt: "Name of the container. Empty: one is made up of the image's.",
          placeholder: "made up",
          value: answers.name,
          objectionTo: (text) => nameObjection(facts, text),
        }),
        (text) => (answers.name = text),
      ),
    async (position) =>
      noted(
        await askAddress(position, facts, network, answers.address),
        (text) => (answers.address = text),
      ),
  ];
  return (await askInTurn(`Run a container on ${network.name}`, questions)) ? answers : undefined;
}

async function askImage(position: Position, images: readonly string[]): Promise<Answer<string>> {
  const answer = await askPick(position, {
    placeholder: "Image: one of the engine's, or type the name of another, such as alpine:3.22",
    items: images.map((label) => ({ label, description: "" })),
    freeText: (label) => ({ label, description: "will be pulled if the engine does not have it" }),
  });
  return answer === undefined || answer === "back" ? answer : { value: answer.value.label };
}

function noted(answer: Answer<string>, note: (text: string) => void): Answer<void> {
  if (answer === undefined || answer === "back") return answer;
  note(answer.value);
  return { value: undefined };
}
