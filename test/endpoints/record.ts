/** `npm run endpoints`: records what the docker command does in each case, and shows where we differ. */
import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { engineRootfs } from "../lab/rootfs.mjs";
import { askForReal, dockerWords, whyNot } from "./ask";
import { cases } from "./cases";
import { comparable, writeRecorded } from "./recorded";

async function main(): Promise<void> {
  const reason = whyNot();
  if (reason !== undefined) throw new Error(`Recording ${reason}.`);
  const asked = await askForReal();
  const answers = Object.fromEntries(
    Object.entries(asked).flatMap(([name, { docker }]) => (docker ? [[name, docker]] : [])),
  );
  const [program = "", ...words] = dockerWords(await engineRootfs("sid"));
  const version = execFileSync(program, [...words, "--version"], { encoding: "utf8" });
  writeRecorded({ docker: /version ([\d.]+)/.exec(version)?.[1] ?? "", answers });
  let differences = 0;
  for (const one of cases) {
    const { docker, ours } = asked[one.name] ?? {};
    if (!docker || !ours) continue;
    if (isDeepStrictEqual(comparable(one.ours ?? docker), comparable(ours))) continue;
    differences++;
    console.log(
      `${one.name}\n  docker ${JSON.stringify(docker)}\n  we     ${JSON.stringify(ours)}`,
    );
  }
  console.log(`${cases.length} cases, ${differences} differences`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
