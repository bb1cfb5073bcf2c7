/**
 * Texts that stand for a value somebody has still to fill in: template marks, `<your-ip>`,
 * `192.168.x.y`, `YOUR_SUBNET`. What they will be is not known, so nothing is said of them.
 */
const marks = /\{\{|\{%|<[^>]*>|\[\[|__[A-Za-z]/;
const dottedLetters =
  /(?:^|[.:])(?:x{1,3}|y{1,3}|z{1,3}|X{1,3}|Y{1,3}|Z{1,3}|n|N|\?+|\*+|#+)(?=$|[./:])/;
const shouting =
  /^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+(?:\/\d+)?$|^(?:CHANGEME|CHANGE_ME|TODO|changeme|xxx+)$/;

/**
 * An interface with letters for its VLAN, as `lan0.x`: it may be a name, and Docker refuses it as it stands.
 * Capitals (`eth0.XX`) stand for what is still to come.
 */
const subInterface = /^[a-z][a-z_-]*[0-9][a-z0-9_-]*\.[a-z]+$/;

/** Marks of template languages, which another program fills in before Compose reads the file. */
export function isTemplate(text: string): boolean {
  return /\{\{|\{%|<%/.test(text);
}

/** What any of them has: most texts are told apart by this one look. */
const hint =
  /\{[{%]|<|\[\[|__|(?:^|[.:])(?:[xyzXYZ]{1,3}|[nN]|\?+|\*+|#+)(?=$|[./:])|^(?:[A-Z]|changeme|xxx)/;

export function isPlaceholder(text: string): boolean {
  if (!hint.test(text)) return false;
  if (marks.test(text) || shouting.test(text)) return true;
  return /[.:]/.test(text) && dottedLetters.test(text) && !subInterface.test(text);
}
