/**
 * The wizard's judgement of its form: the same rules as in the editor, over the compose file that
 * the form would produce. PURE: the panel, Quick Create and the tests call it; the page only sees
 * its result.
 */
import { ComposeDocument } from "../compose/document";
import { applyEdits, orderEdits } from "../compose/edits";
import type { ComposeProject } from "../compose/project";
import { networkCreateCommand, quoteShellLines } from "../model/dockerCommand";
import type { Facts } from "../model/facts";
import type { NetworkSpec } from "../model/network";
import { planOfPool } from "../rules/free";
import { rules } from "../rules/index";
import type { Finding, Severity } from "../rules/rule";
import { type RunOptions, runRules } from "../rules/run";
import { createContext } from "../rules/views/views";
import { type FieldId, type WizardForm, draftOf } from "./form";
import { type Problem, type ProblemFix, checkForm } from "./formChecks";
import { type FormText, formChanges, formPath, formText } from "./formText";
import { type Note, blockedBy, notesOn } from "./notes";
import { type PoolPicture, pictureOf } from "./picture";

export interface Evaluation {
  /** What to create; absent while there are errors. */
  readonly spec?: NetworkSpec;
  /** The worst first, then by field. */
  readonly problems: readonly Problem[];
  /** A picture of each readable subnet. */
  readonly pools: readonly PoolPicture[];
  /** `docker network create …` over several lines, quoted for a POSIX shell. */
  readonly command: string;
  readonly composeYaml: string;
  readonly notes: readonly Note[];
  /** Why this engine cannot have such networks at all. */
  readonly blocked?: string;
}

/** Never throws, whatever the texts are. */
export function evaluate(form: WizardForm, facts: Facts, options: RunOptions = {}): Evaluation {
  const draft = draftOf(form);
  const text = formText(draft);
  const own = checkForm(form, facts);
  const silent = new Set(own.map(({ field }) => field));
  const found = findingsOf(text, facts, options).flatMap((finding) => {
    const problem = problemOf(finding, form, text);
    return problem && !silent.has(problem.field) ? [problem] : [];
  });
  const problems = [...own, ...found].sort((a, b) => rank(a.severity) - rank(b.severity));
  const hasErrors = problems.some(({ severity }) => severity === "error");
  const blocked = blockedBy(facts);
  return {
    ...(hasErrors ? {} : { spec: draft.spec }),
    problems,
    pools: picturesOf(text, facts, options),
    command: quoteShellLines(networkCreateCommand(named(draft.spec))),
    composeYaml: text.yaml,
    notes: notesOn(form, facts),
    ...(blocked === undefined ? {} : { blocked }),
  };
}

/**
 * What the rules say of the network in use. Fixes come from a second look without the service, where
 * there is one: the service that the check adds would take the first free address.
 */
function findingsOf(text: FormText, facts: Facts, options: RunOptions): Finding[] {
  const found = runRules(rules, projectOf(text.checked), facts, options);
  if (!found.some(({ fixes }) => fixes)) return found;
  const key = ({ rule, place }: Finding) => `${rule} ${place.from}`;
  const unused = runRules(rules, projectOf(text.yaml), facts, options);
  const fixes = new Map(unused.map((finding) => [key(finding), finding.fixes]));
  return found.map((finding) => {
    const better = fixes.get(key(finding));
    return better ? { ...finding, fixes: better } : finding;
  });
}

/** Of the networks alone: the service that the check adds would take an address in the picture. */
function picturesOf(text: FormText, facts: Facts, options: RunOptions): PoolPicture[] {
  const context = createContext(projectOf(text.yaml), facts, options.engineVersion);
  const pools = context.networks[0]?.pools ?? [];
  return pools.map((pool) => pictureOf(planOfPool(context, pool)));
}

/** The command of a form without a name still reads well. */
function named(spec: NetworkSpec): NetworkSpec {
  return spec.name === "" ? { ...spec, name: "NAME" } : spec;
}

/** Rules that report where the editor has room for it, though the user sets it elsewhere in the form. */
const fieldOfRule: Readonly<Record<string, FieldId>> = {
  "no-parent": "parent",
  "hidden-gateway": "gateway",
  "dynamic-range-is-whole-lan": "ipRange",
  "ipv6-without-subnet": "subnet6",
};
/** Said by the banner. */
const bannerRule = "platform-without-macvlan";

function problemOf(finding: Finding, form: WizardForm, text: FormText): Problem | undefined {
  const at = text.fieldAt(finding.place.from);
  if (at === undefined || finding.rule === bannerRule) return undefined;
  const vlan = finding.rule === "parent-vlan-syntax" && form.vlanId.trim() !== "";
  const field = vlan ? "vlanId" : (fieldOfRule[finding.rule] ?? at);
  const fix = fixOf(finding, form, text);
  return {
    field,
    severity: finding.severity,
    message: finding.message,
    rule: finding.rule,
    ...(fix ? { fix } : {}),
  };
}

/** The preferred fix, else the first that the form can show, as changes of fields. */
function fixOf(finding: Finding, form: WizardForm, text: FormText): ProblemFix | undefined {
  const fixes = [...(finding.fixes?.() ?? [])].sort(
    (a, b) => Number(b.preferred) - Number(a.preferred),
  );
  for (const { title, edits } of fixes.slice(0, 3)) {
    const ordered = orderEdits(edits, text.checked.length);
    if (!ordered) continue;
    const changes = formChanges(form, projectOf(applyEdits(text.checked, ordered)));
    if (Object.keys(changes).length > 0) return { title, form: changes };
  }
  return undefined;
}

function projectOf(text: string): ComposeProject {
  return new ComposeDocument(formPath, text).project();
}

function rank(severity: Severity): number {
  return ["error", "warning", "information", "hint"].indexOf(severity);
}
