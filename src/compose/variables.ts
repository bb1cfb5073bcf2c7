/** Checks the variables of every scalar: Compose substitutes all of a file, whatever it is used for. */
import { plainType, literalPlace } from "./fields";
import { castFailure } from "./casts";
import {
  type Environment,
  type Interpolation,
  interpolated,
  interpolationMessage,
} from "./interpolate";
import { keyProblems } from "./keyCheck";
import type { Layer } from "./layer";
import type { Part } from "./outline";
import { isPlaceholder } from "./placeholder";
import type { ReadProblem, UnsetVariable } from "./project";
import type { ProblemList } from "./problemList";
import type { YamlNode, YamlScalar } from "./yamlNode";

interface Checked {
  readonly problems: readonly ReadProblem[];
  readonly unset: readonly UnsetVariable[];
}

export class VariableCheck {
  private readonly known = new WeakMap<Part, Map<Environment, Checked>>();

  /** Adds what Compose refuses; gives the variables that are not set, each once in a file. */
  check(layers: Iterable<Layer>, problems: ProblemList): UnsetVariable[] {
    const unset: UnsetVariable[] = [];
    const seen = new Set<string>();
    for (const layer of layers) {
      for (const part of layer.document.parts) {
        const checked = this.part(part, layer.environment);
        problems.addAll(checked.problems);
        problems.addAll(keyProblems(part));
        for (const variable of checked.unset) {
          const name = `${layer.path} ${variable.name}`;
          if (seen.has(name)) continue;
          seen.add(name);
          unset.push(variable);
        }
      }
    }
    return unset;
  }

  /** The same of one part. */
  part(part: Part, environment: Environment): Checked {
    let known = this.known.get(part);
    if (!known) this.known.set(part, (known = new Map<Environment, Checked>()));
    let checked = known.get(environment);
    if (!checked) {
      checked = new PartCheck(environment).run(part);
      known.set(environment, checked);
    }
    return checked;
  }
}

class PartCheck {
  private readonly environment: Environment;
  private readonly problems: ReadProblem[] = [];
  private readonly unset: UnsetVariable[] = [];

  constructor(environment: Environment) {
    this.environment = environment;
  }

  run({ section, pair }: Part): Checked {
    this.node(pair.value, section === "" ? [pair.key] : [section, pair.key]);
    return { problems: this.problems, unset: this.unset };
  }

  private node(node: YamlNode | undefined, path: string[]): void {
    if (!node || node.tag === "!reset") return;
    switch (node.kind) {
      case "map":
        for (const { key, value } of node.pairs) {
          path.push(key);
          this.node(value, path);
          path.pop();
        }
        break;
      case "seq":
        path.push("[]");
        for (const item of node.items) this.node(item, path);
        path.pop();
        break;
      case "scalar":
        this.scalar(node, path);
        break;
      case "alias":
        break;
    }
  }

  private scalar(node: YamlScalar, path: readonly string[]): void {
    const result: Interpolation | undefined = node.text.includes("$")
      ? interpolated(node.text, this.environment)
      : undefined;
    if (result) this.report(node, path, result);
    const text = result ? result.text : node.text;
    const failure = castFailure(path, text);
    if (failure === undefined || result?.known === false || isPlaceholder(text)) return;
    // Only texts are turned into something else; what is a number already is for the schema to judge.
    const plain = !result && node.style === "plain" && node.tag === undefined;
    if (plain && plainType(text) !== "string") return;
    const key = path.findLast((part) => part !== "[]") ?? "";
    this.problems.push({
      code: "interpolation",
      message: `"${key}" must be ${failure.wanted}: Compose refuses the file.`,
      composeMessage: `error while interpolating ${path.join(".")}: failed to cast to expected type: ${failure.error}`,
      place: node.place,
    });
  }

  private report(node: YamlScalar, path: readonly string[], result: Interpolation): void {
    const { error, unset } = result;
    // A template mark, such as `${{ secrets.X }}`, is for another program to fill in.
    if (error && !isPlaceholder(node.text)) {
      const message =
        error.kind === "format"
          ? "Compose cannot read the variable in this text, and refuses the file. A dollar sign that is no variable is written twice: $$."
          : `The variable ${error.variable} has to be set, and is not: Compose refuses the file.`;
      const composeMessage = interpolationMessage(error, path.join("."));
      this.problems.push({ code: "interpolation", message, composeMessage, place: node.place });
    }
    for (const { name, from, to } of unset ?? []) {
      const place = literalPlace(node)?.part(from, to) ?? node.place;
      this.unset.push({ name, place });
    }
  }
}
