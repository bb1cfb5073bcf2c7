import { parseArgs } from "node:util";
import { compare } from "./compare";
import { record } from "./record";

const help = `Compares how we read compose files with the real docker compose config (Linux, root).

  npm run compare                      the project's own cases, test/fixtures/compose
  npm run compare -- FOLDER...         every compose file below the folders
  npm run compare -- --record [CASE...]  writes Compose's answer into the cases
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { record: { type: "boolean" }, help: { type: "boolean", short: "h" } },
});

async function main(): Promise<void> {
  if (values.help === true) console.log(help);
  else if (values.record === true) await record(positionals);
  else if (!(await compare(positionals))) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
