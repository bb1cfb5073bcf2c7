/** Host access as `ip` commands: in force at once, gone after a restart. */
import { quoteShell } from "../model/dockerCommand";
import type { HostAccess } from "./access";
import type { AccessForm } from "./forms";

/** Argument lists that set the access up, in their order; as root on the engine's host. */
export function setUpCommands(access: HostAccess): string[][] {
  const { device, parent, driver, mode, addresses, routes } = access;
  return [
    ["ip", "link", "add", device, "link", parent, "type", driver, "mode", mode],
    ...addresses.map((address) => [
      "ip",
      ...family(address),
      "addr",
      "add",
      address,
      "dev",
      device,
    ]),
    ["ip", "link", "set", device, "up"],
    ...routes.map((route) => ["ip", ...family(route), "route", "replace", route, "dev", device]),
  ];
}

/** Takes everything away: addresses and routes go with their interface. */
export function undoCommands({ device }: HostAccess): string[][] {
  return [["ip", "link", "del", device]];
}

export function commandsForm(access: HostAccess): AccessForm {
  return {
    id: "commands",
    label: "Commands, until the next restart",
    lasting: false,
    setUp: [{ text: script(setUpCommands(access)) }],
    undo: script(undoCommands(access)),
  };
}

export function script(commands: readonly (readonly string[])[]): string {
  return `${commands.map(quoteShell).join("\n")}\n`;
}

function family(text: string): string[] {
  return text.includes(":") ? ["-6"] : [];
}
