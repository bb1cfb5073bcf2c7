/** Host access for Debian's ifupdown: interfaces(5). */
import { quoteShell } from "../model/dockerCommand";
import { script, setUpCommands, undoCommands } from "./commands";
import type { HostAccess } from "./access";
import type { AccessForm } from "./forms";

export function ifupdownForm(access: HostAccess): AccessForm {
  const { device } = access;
  const path = `/etc/network/interfaces.d/${device}`;
  const [add, ...rest] = setUpCommands(access);
  const lines = [
    `auto ${device}`,
    `iface ${device} inet manual`,
    ...(add ? [`    pre-up ${quoteShell(add)}`] : []),
    ...rest.map((command) => `    up ${quoteShell(command)}`),
    ...undoCommands(access).map((command) => `    post-down ${quoteShell(command)}`),
  ];
  return {
    id: "ifupdown",
    label: "ifupdown (/etc/network/interfaces)",
    lasting: true,
    setUp: [{ path, text: `${lines.join("\n")}\n` }, { text: script([["ifup", device]]) }],
    undo: `${script([["ifdown", device]])}rm -f ${path}\n`,
  };
}
