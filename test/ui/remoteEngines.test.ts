import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type SshServer, startSshServer } from "../engine/sshServer";
import { contextFile, digestOf } from "../endpoints/cases";
import { makeCertificates } from "../endpoints/listeners";
import { ensurePrograms, whyNoApt } from "../lab/apt.mjs";
import { hasProgram } from "../lab/process.mjs";
import { skip } from "../lab/skip.mjs";
import { useLab } from "../lab/suite.mjs";
import { useWorkbench } from "./suite";

/** The contexts that the user has. */
const contexts = { ssh: "nas-by-ssh", tls: "nas-by-tls", plain: "nas-by-tcp" } as const;

describe("the screens of an engine on another machine", () => {
  const lab = useLab();
  const folder = mkdtempSync(join(tmpdir(), "remote-"));
  const config = join(folder, "docker");
  const bin = join(folder, "first");
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  let sshd: SshServer;

  /** Hands what arrives to the lab's engine. */
  function pipe(socket: Socket): void {
    const engine = connect(lab().dockerHost.replace("unix://", ""));
    for (const end of [socket, engine]) {
      sockets.add(end);
      end.on("error", () => {
        socket.destroy();
        engine.destroy();
      });
    }
    socket.pipe(engine).pipe(socket);
  }

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** What the workbench finds as `ssh` from now on. */
  function useSsh(options: Parameters<SshServer["ssh"]>[0]): void {
    const script = `#!/bin/sh\nPATH=/usr/bin:/bin exec '${sshd.ssh(options)}' "$@"\n`;
    writeFileSync(join(bin, "ssh"), script, { mode: 0o755 });
  }

  before("start the servers", async function () {
    this.timeout(120_000);
    for (const [program, of] of [
      ["sshd", "openssh-server"],
      ["openssl", "openssl"],
    ] as const) {
      if (hasProgram(program)) continue;
      const reason = whyNoApt();
      if (reason) skip(this, `${program} is missing and ${reason}`);
      await ensurePrograms({ [program]: of });
    }
    for (const part of ["sshd", "first"]) mkdirSync(join(folder, part));
    sshd = await startSshServer(join(folder, "sshd"));
    useSsh({ knows: "another key" });
    makeCertificates(join(folder, "pems"));
    const pem = (name: string) => readFileSync(join(folder, "pems", `${name}.pem`), "utf8");
    const tls = createTlsServer({ cert: pem("serverCert"), key: pem("serverKey") }, pipe);
    tls.on("tlsClientError", () => undefined);
    const ca = join(config, "contexts/tls", digestOf(contexts.tls), "docker/ca.pem");
    const files = {
      [ca]: pem("otherCa"),
      ...contextFile(contexts.ssh, { Host: sshd.host }, config),
      ...contextFile(contexts.tls, { Host: await listen(tls) }, config),
      ...contextFile(contexts.plain, { Host: await listen(createServer(pipe)) }, config),
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  });

  after("stop the servers", async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    await sshd.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const workbench = useWorkbench(() => ({
    settings: { "macvlan.dockerContext": contexts.ssh },
    // VSCODE_CLI: the server takes the PATH as it is, and asks no login shell for one.
    env: {
      ...{ PATH: `${bin}:${process.env["PATH"] ?? ""}`, VSCODE_CLI: "1" },
      DOCKER_CONFIG: config,
    },
  }));

  async function choose(context: string): Promise<void> {
    await workbench().command("Macvlan: Choose the Docker Engine...");
    await workbench().quickInput.choose(context);
  }

  /** Waits for the words, with a button, and takes a picture. */
  async function expectScreen(name: string, words: string, button: string): Promise<void> {
    const screen = workbench().tree.welcome();
    await screen.getByText(words).first().waitFor();
    await screen.getByRole("button", { name: button }).waitFor();
    await workbench().page.mouse.move(900, 600);
    await workbench().screenshot(`state-${name}-dark`);
  }

  it("warn of a host key that has changed", async () => {
    await workbench().openView("Macvlan");
    await expectScreen("sshChangedKey", "has changed", "Show the Reason");
    await workbench().page.getByText("host key changed").waitFor();
  });

  it("lead to a terminal where the host key is not known", async () => {
    useSsh({ knows: "nothing" });
    await workbench().command("Macvlan: Refresh");
    await expectScreen("sshUnknownKey", "not known to ssh yet", "Log In in a Terminal");
  });

  it("say that a key is needed where the login is refused", async () => {
    useSsh({ login: false });
    await workbench().command("Macvlan: Refresh");
    await expectScreen("sshLogin", "refused the login", "Log In in a Terminal");
  });

  it("name what is missing over there", async () => {
    useSsh({});
    await workbench().command("Macvlan: Refresh");
    await expectScreen("remoteDocker", "finds no usable docker command", "Try Again");
  });

  it("say that the certificate is not trusted", async () => {
    await choose(contexts.tls);
    await expectScreen("tls", "do not trust each other", "Show the Reason");
    await workbench().page.getByText("TLS refused").hover();
    await workbench().page.getByText("not of the CA that is trusted here").first().waitFor();
    await workbench().screenshot("state-tls-reason-dark");
  });

  it("ask before a container reads the host, and show its interfaces then", async () => {
    await choose(contexts.plain);
    await expectScreen("askable", "are not known yet", "Read the Interfaces...");
    await workbench()
      .tree.welcome()
      .getByRole("button", { name: "Read the Interfaces..." })
      .click();
    const read = workbench().dialogButton("Read");
    await read.waitFor();
    await workbench().screenshot("read-host-dark");
    await read.click();
    await workbench().tree.row("lan0").waitFor();
    await workbench().screenshot("host-read-dark");
  });
});
