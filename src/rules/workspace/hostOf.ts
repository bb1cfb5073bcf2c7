/** Which Docker host a file is for: setting `macvlan.hosts`. */

/** Patterns of paths by the name of the host that these files are for. */
export type HostPatterns = Readonly<Record<string, readonly string[]>>;

/**
 * The first host one of whose patterns fits one of the paths, such as the file's path below its workspace
 * folder, with and without that folder's name. Undefined where none does.
 */
export function hostOf(patterns: HostPatterns, paths: readonly string[]): string | undefined {
  const found = Object.entries(patterns).find(([, globs]) =>
    globs.some((glob) => {
      const expression = globExpression(glob);
      return paths.some((path) => expression.test(path));
    }),
  );
  return found?.[0];
}

const known = new Map<string, RegExp>();

/**
 * As in VS Code's settings: `*` and `?` stand for characters of one name, `**` for any number of folders,
 * `{a,b}` for one of the two, `[ab]` for one of the characters. What is below a folder that fits, fits too.
 */
export function globExpression(glob: string): RegExp {
  let expression = known.get(glob);
  if (!expression) {
    const path = glob.replaceAll("\\", "/").replace(/^\.?\//, "");
    expression = new RegExp(`^${translate(path.replace(/\/$/, ""))}(?:/.*)?$`);
    known.set(glob, expression);
  }
  return expression;
}

function translate(glob: string): string {
  const braces = /^[^{}]*(?:\{[^{}]*\}[^{}]*)*$/.test(glob);
  let inside = false;
  return glob.replace(
    /\*\*\/|\/\*\*$|\*\*|\*|\?|\[!?[^\][/\\]+\]|[{},]|[.+^$()|[\]\\]/g,
    (found) => {
      switch (found) {
        case "**/":
          return "(?:[^/]+/)*";
        case "/**":
          return "(?:/.*)?";
        case "**":
          return ".*";
        case "*":
          return "[^/]*";
        case "?":
          return "[^/]";
        case "{":
          if (!braces) return "\\{";
          inside = true;
          return "(?:";
        case "}":
          if (!braces) return "\\}";
          inside = false;
          return ")";
        case ",":
          return inside ? "|" : ",";
        default:
          return found.length > 1 ? characters(found) : `\\${found}`;
      }
    },
  );
}

/** `[a-c]` and `[!a]`; one whose range runs backwards fits nothing but its own text. */
function characters(found: string): string {
  const expression = found.replace(/^\[!/, "[^");
  try {
    new RegExp(expression);
    return expression;
  } catch {
    return found.replace(/[[\]]/g, "\\$&");
  }
}
