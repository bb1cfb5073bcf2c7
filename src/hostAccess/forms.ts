/** The ways to set host access up, each with what takes it away again. */
import type { HostAccess } from "./access";
import { commandsForm } from "./commands";
import { ifupdownForm } from "./ifupdown";
import { networkManagerForm } from "./networkManager";
import { oneshotForm } from "./oneshot";
import { networkdForm } from "./networkd";

/** One file of the host, or a script to run as root. */
export interface Snippet {
  /** Absolute path of the file; absent for a script. */
  readonly path?: string;
  readonly text: string;
}

export interface AccessForm {
  readonly id: "commands" | "systemd-networkd" | "network-manager" | "ifupdown" | "oneshot";
  readonly label: string;
  /** Whether it is still there after a restart of the host. */
  readonly lasting: boolean;
  /** Files first, then the script that puts them in force. */
  readonly setUp: readonly Snippet[];
  /** A script that ends with the host as it was. */
  readonly undo: string;
}

/** All ways that serve the access; NetworkManager only where it knows the kind of interface. */
export function accessForms(access: HostAccess): AccessForm[] {
  const forms = [
    commandsForm(access),
    networkdForm(access),
    networkManagerForm(access),
    ifupdownForm(access),
    oneshotForm(access),
  ];
  return forms.filter((form) => form !== undefined);
}

/** The whole form as one text to read: files as here-documents, the scripts, the undo as a comment. */
export function formText(access: HostAccess, form: AccessForm): string {
  const lines = [
    "#!/bin/sh",
    `# Lets the host reach the containers of the network "${oneLine(access.network)}".`,
    ...access.notes.map((note) => `# ${oneLine(note)}`),
    "# Run as root on the Docker host.",
    "set -eu",
    "",
  ];
  for (const { path, text } of form.setUp) {
    if (path === undefined) lines.push(text.trimEnd(), "");
    else lines.push(`cat > ${path} <<'END'`, text.trimEnd(), "END", "");
  }
  lines.push(
    "# To undo it:",
    ...form.undo
      .trimEnd()
      .split("\n")
      .map((line) => `#   ${line}`),
    "",
  );
  return lines.join("\n");
}

/** A name may hold anything the engine takes; in a comment no line break may end it. */
function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
}
