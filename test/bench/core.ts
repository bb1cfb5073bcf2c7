/** What bench measures, as one bundle: the part of the product without an editor. */
export { ComposeDocument } from "../../src/compose/document";
export { rules } from "../../src/rules/index";
export { RuleRunner } from "../../src/rules/run";
