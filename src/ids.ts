/**
 * Every name that the extension shares with package.json, once.
 * test/structure holds both sides against each other.
 */

/** Commands, without the `macvlan.` prefix as keys, with it as values. */
export const commandIds = {
  refresh: "macvlan.refresh",
  planNetwork: "macvlan.planNetwork",
  quickCreate: "macvlan.quickCreate",
  inspect: "macvlan.inspect",
  runContainer: "macvlan.runContainer",
  connectContainer: "macvlan.connectContainer",
  disconnectContainer: "macvlan.disconnectContainer",
  showAddresses: "macvlan.showAddresses",
  openShell: "macvlan.openShell",
  stopContainer: "macvlan.stopContainer",
  removeContainer: "macvlan.removeContainer",
  removeNetwork: "macvlan.removeNetwork",
  recreateNetwork: "macvlan.recreateNetwork",
  renameNetwork: "macvlan.renameNetwork",
  pinAddress: "macvlan.pinAddress",
  changeAddress: "macvlan.changeAddress",
  freeAddress: "macvlan.freeAddress",
  copyAddress: "macvlan.copyAddress",
  copyMac: "macvlan.copyMac",
  copyCommand: "macvlan.copyCommand",
  hostAccess: "macvlan.hostAccess",
  solveProblem: "macvlan.solveProblem",
  showIgnored: "macvlan.showIgnored",
  filterTree: "macvlan.filterTree",
  clearFilter: "macvlan.clearFilter",
  groupTree: "macvlan.groupTree",
  sortTree: "macvlan.sortTree",
  showInTree: "macvlan.showInTree",
  openCompose: "macvlan.openCompose",
  exportFacts: "macvlan.exportFacts",
  chooseEngine: "macvlan.chooseEngine",
  openSshTerminal: "macvlan.openSshTerminal",
  readHost: "macvlan.readHost",
  stopReadingHost: "macvlan.stopReadingHost",
  showLog: "macvlan.showLog",
  checkBeforeUp: "macvlan.checkBeforeUp",
  showRule: "macvlan.showRule",
  turnRuleOff: "macvlan.turnRuleOff",
  checkWorkspace: "macvlan.checkWorkspace",
} as const;
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** The activity-bar container and the one tree in it. */
export const viewIds = { container: "macvlan", networks: "macvlan.networks" } as const;

/** Context keys; `engineState` takes the ids of views/screenId.ts. */
export const contextKeys = {
  engineState: "macvlan.engineState",
  /** Takes `HostState.way`. */
  hostWay: "macvlan.hostWay",
  hasNetworks: "macvlan.hasNetworks",
  isFiltered: "macvlan.isFiltered",
  hasIgnored: "macvlan.hasIgnored",
} as const;

/** Settings, with the `macvlan.` prefix. */
export const settingIds = {
  dockerHost: "macvlan.dockerHost",
  dockerContext: "macvlan.dockerContext",
  engineVersion: "macvlan.engineVersion",
  lan: "macvlan.lan",
  rules: "macvlan.rules",
  codeLens: "macvlan.codeLens",
  checkWorkspace: "macvlan.checkWorkspace",
  hosts: "macvlan.hosts",
} as const;

export const diagnosticSource = "macvlan";
export const fixAllKind = "macvlan";
export const wizardViewType = "macvlan.wizard";
/** Scheme of the read-only documents that `inspect` and `showAddresses` open. */
export const documentScheme = "macvlan";
