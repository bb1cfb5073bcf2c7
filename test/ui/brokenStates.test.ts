import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useWorkbench } from "./suite";

interface Answer {
  readonly status: number;
  readonly version: object;
  readonly info: object;
}

const linux = { Version: "28.5.2", ApiVersion: "1.51", MinAPIVersion: "1.24", Os: "linux" };

/** An engine by its answers alone, for states that the lab's engines are never in. */
class StandIn {
  readonly folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  readonly host = `unix://${this.folder}/docker.sock`;
  answer: Answer = { status: 200, version: linux, info: { Name: "elsewhere" } };
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const path = (request.url ?? "").replace(/^\/v1\.\d+/, "").replace(/\?.*/, "");
      const { status, version, info } = this.answer;
      response.writeHead(status, { "Content-Type": "application/json" });
      if (path === "/events" && status === 200) response.flushHeaders();
      else if (path === "/version") response.end(JSON.stringify(version));
      else response.end(JSON.stringify(path === "/info" ? info : []));
    }).listen(`${this.folder}/docker.sock`);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.folder, { recursive: true });
  }
}

describe("the screen of an engine", () => {
  const engine = new StandIn();
  after(() => {
    engine.close();
  });

  const states: [string, string, Partial<Answer>][] = [
    ["denied", "this user may not use it", { status: 401, version: { message: "no" } }],
    ["apiTooOld", "older than 20.10", { version: { ...linux, ApiVersion: "1.40" } }],
    [
      "desktop",
      "Docker Desktop runs its engine in a virtual machine",
      { info: { Name: "docker-desktop", OperatingSystem: "Docker Desktop" } },
    ],
    [
      "rootless",
      "A rootless engine has a network of its own",
      { info: { Name: "elsewhere", SecurityOptions: ["name=rootless"] } },
    ],
    ["wsl2", "WSL 2", { version: { ...linux, KernelVersion: "5.15.0-microsoft-standard-WSL2" } }],
  ];
  for (const [name, words, answer] of states) {
    describe(`in the state ${name}`, () => {
      before(() => {
        engine.answer = {
          ...{ status: 200, version: linux, info: { Name: "elsewhere" } },
          ...answer,
        };
      });
      const workbench = useWorkbench({ settings: { "macvlan.dockerHost": engine.host } });

      it("says what is so, with the way out", async () => {
        await workbench().openView("Macvlan");
        await workbench().tree.welcome().getByText(words).first().waitFor();
        await workbench().screenshot(`state-${name}-dark`);
      });
    });
  }
});

describe("the screen of a context that does not exist", () => {
  const workbench = useWorkbench({ settings: { "macvlan.dockerContext": "gone" } });

  it("lets the user choose another engine", async () => {
    await workbench().openView("Macvlan");
    const screen = workbench().tree.welcome();
    await screen.getByText("The Docker engine that was chosen cannot be used").waitFor();
    await screen.getByRole("button", { name: "Choose the Engine" }).click();
    await workbench().page.getByText("As the docker command does").waitFor();
    await workbench().screenshot("choose-engine-dark");
  });
});
