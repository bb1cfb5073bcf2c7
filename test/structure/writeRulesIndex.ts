import { writeFileSync } from "node:fs";
import { rules } from "../../src/rules/index";
import { indexFile, indexPage } from "./rulesIndex";

writeFileSync(indexFile, indexPage(rules));
console.log(`${indexFile}: ${rules.length} rules`);
