/** Host access for hosts that NetworkManager manages: nm-settings-nmcli(5). */
import { script } from "./commands";
import type { HostAccess } from "./access";
import type { AccessForm } from "./forms";

/** Undefined for ipvlan, which NetworkManager makes only from 1.52 on. */
export function networkManagerForm(access: HostAccess): AccessForm | undefined {
  const { device, parent, driver, mode, addresses, routes } = access;
  if (driver !== "macvlan") return undefined;
  const settings = (["ipv4", "ipv6"] as const).flatMap((family) => {
    const own = (text: string) => text.includes(":") === (family === "ipv6");
    const mine = addresses.filter(own);
    if (mine.length === 0) return [`${family}.method`, "disabled"];
    return [
      `${family}.method`,
      "manual",
      `${family}.addresses`,
      mine.join(","),
      ...(routes.some(own) ? [`${family}.routes`, routes.filter(own).join(",")] : []),
      // The way out of the host stays where it is.
      `${family}.never-default`,
      "yes",
    ];
  });
  const add = ["nmcli", "connection", "add", "type", "macvlan", "con-name", device];
  add.push("ifname", device, "dev", parent, "mode", mode, ...settings);
  return {
    id: "network-manager",
    label: "NetworkManager",
    lasting: true,
    setUp: [{ text: script([add, ["nmcli", "connection", "up", device]]) }],
    undo: script([["nmcli", "connection", "delete", device]]),
  };
}
