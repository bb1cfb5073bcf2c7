/** Host access for hosts that systemd-networkd manages: systemd.netdev(5), systemd.network(5). */
import { quoteShell } from "../model/dockerCommand";
import { script, undoCommands } from "./commands";
import type { HostAccess } from "./access";
import type { AccessForm } from "./forms";

const folder = "/etc/systemd/network";

export function networkdForm(access: HostAccess): AccessForm {
  const { device, parent, driver, mode, addresses, routes } = access;
  const kind = driver === "macvlan" ? "MACVLAN" : "IPVLAN";
  const modeText = driver === "macvlan" ? mode : mode.toUpperCase();
  const netdev = `${folder}/40-${device}.netdev`;
  const network = `${folder}/40-${device}.network`;
  // The parent's own file has a name that only its host knows, so it is found there.
  const dropIn = `file=$(networkctl status ${quoteShell([parent])} | sed -n 's/^ *Network File: //p')
case "$file" in
  /*) ;;
  *) echo ${quoteShell([`systemd-networkd does not manage ${parent}`])} >&2; exit 1 ;;
esac
folder="${folder}/$(basename "$file").d"
mkdir -p "$folder"
printf '[Network]\\n${kind}=%s\\n' ${device} > "$folder/${device}.conf"
networkctl reload
networkctl reconfigure ${quoteShell([parent])}
`;
  return {
    id: "systemd-networkd",
    label: "systemd-networkd",
    lasting: true,
    setUp: [
      {
        path: netdev,
        text: `[NetDev]\nName=${device}\nKind=${driver}\n\n[${kind}]\nMode=${modeText}\n`,
      },
      {
        path: network,
        text: [
          `[Match]\nName=${device}\n`,
          "[Network]",
          ...addresses.map((address) => `Address=${address}`),
          "",
          ...routes.map((route) => `[Route]\nDestination=${route}\nScope=link\n`),
        ].join("\n"),
      },
      { text: dropIn },
    ],
    undo: `rm -f ${netdev} ${network} ${folder}/*.network.d/${device}.conf
networkctl reload
${script(undoCommands(access))}`,
  };
}
