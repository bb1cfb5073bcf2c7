/** Host access as a unit that runs once at start, for hosts with systemd whatever manages their network. */
import { script, setUpCommands, undoCommands } from "./commands";
import type { HostAccess } from "./access";
import type { AccessForm } from "./forms";

export function oneshotForm(access: HostAccess): AccessForm {
  const { device, parent } = access;
  const unit = `${device}.service`;
  const path = `/etc/systemd/system/${unit}`;
  const text = [
    "[Unit]",
    `Description=Way from this host to the containers on ${escapeUnit(parent)}`,
    // Docker makes a VLAN sub-interface that does not exist yet.
    "Wants=network-online.target",
    "After=network-online.target docker.service",
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    ...setUpCommands(access).map((command) => `ExecStart=${execLine(command)}`),
    ...undoCommands(access).map((command) => `ExecStop=${execLine(command)}`),
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
  return {
    id: "oneshot",
    label: "A systemd unit that runs at start",
    lasting: true,
    setUp: [
      { path, text },
      {
        text: script([
          ["systemctl", "daemon-reload"],
          ["systemctl", "enable", "--now", unit],
        ]),
      },
    ],
    undo: `${script([["systemctl", "disable", "--now", unit]])}rm -f ${path}\nsystemctl daemon-reload\n`,
  };
}

/** systemd.service(5), "Command lines": words in double quotes, `%` and `$` doubled. */
function execLine(command: readonly string[]): string {
  const [program = "", ...words] = command;
  return [program, ...words.map(execWord)].join(" ");
}

function execWord(word: string): string {
  const escaped = escapeUnit(word).replaceAll("$", "$$$$");
  if (/^[A-Za-z0-9_%$+:,./-]+$/.test(escaped)) return escaped;
  return `"${escaped.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function escapeUnit(text: string): string {
  return text.replaceAll("%", "%%");
}
