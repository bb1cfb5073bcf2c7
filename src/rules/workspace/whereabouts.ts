/** Where a project's file lies, and what that says of what it is for. */

export interface Whereabouts {
  /** The workspace folder, or the folder that was named on the command line. */
  readonly root: string;
  /** Path of the main file below the root, with slashes. */
  readonly path: string;
  /** How messages name the file. */
  readonly shown: string;
  /** Docker host that the file is for, where somebody said so: setting `macvlan.hosts`. */
  readonly host?: string | undefined;
  /** Folder below the root that is a checkout (git) of its own; "" or absent: the root itself. */
  readonly checkout?: string | undefined;
}

/** What a path tells a reader. */
export interface PathTraits {
  readonly folder: string;
  /** An archive, a template, an example, a hidden folder: nobody starts it beside the real one. */
  readonly aside: boolean;
  /** Words for a host, an environment, an architecture or a kind of network, in the order of the path. */
  readonly setting: string;
  /** The path without digits: `node1/compose.yaml` and `node2/compose.yaml` have the same. */
  readonly plain: string;
  /** The path below its checkout. */
  readonly inCheckout: string;
}

const asideWords = new Set(
  (
    "archive archives archived attic backup backups bak bkp old orig obsolete deprecated disabled unused inactive " +
    "removed trash copy copies template templates tpl skeleton boilerplate example examples sample samples demo " +
    "demos tutorial tutorials doc docs test tests testing testdata fixture fixtures e2e vendor dist playground " +
    "sandbox experiment experiments snapshot snapshots"
  ).split(" "),
);

/** Plurals below which each folder is one of them. */
const groupWords = new Set(
  "hosts servers machines nodes environments envs stages sites clusters locations devices".split(
    " ",
  ),
);

const settingWords =
  /^(?:(?:host|server|node|srv|pi|rpi|raspi|raspberrypi|nas|vm|vps|machine|worker|manager|site|synology|qnap|unraid|truenas|proxmox|laptop|desktop)\d*|prod|production|live|dev|develop|development|staging|stage|stg|qa|uat|preprod|preview|local|ci|canary|blue|green|arm|arm64|armv7|armhf|aarch64|amd64|x86|x64|gpu|cpu|cuda|nvidia|rocm|bridge|macvlan|ipvlan)$/;

export function traitsOf({ root, path, checkout = "" }: Whereabouts): PathTraits {
  const segments = path.split("/");
  const folders = segments.slice(0, -1);
  const words = segments.map((segment) =>
    segment
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== ""),
  );
  return {
    folder: [root, ...folders].join("/"),
    aside:
      folders.some((folder) => /^[._]./.test(folder)) ||
      words.some((list) => list.some((word) => asideWords.has(word))),
    setting: folders
      .flatMap((_, index) => settingsOf(words, index))
      .concat((words.at(-1) ?? []).filter((word) => settingWords.test(word)))
      .join(" "),
    plain: path.replace(/[0-9]+/g, ""),
    inCheckout: checkout === "" ? path : path.slice(checkout.length + 1),
  };
}

/** Words of one folder that say which host or environment it is for. */
function settingsOf(words: readonly (readonly string[])[], index: number): readonly string[] {
  const own = words[index] ?? [];
  const above = index === 0 ? [] : (words[index - 1] ?? []);
  if (above.length === 1 && groupWords.has(above[0] ?? "")) return own;
  return own.filter((word) => settingWords.test(word));
}
