/** Workspaces for tests: compose files by path, and what is found between them. */
import { ComposeDocument } from "../../../../src/compose/document";
import { type Prefix, parsePrefix } from "../../../../src/model/cidr";
import { newestVersion, profileOf } from "../../../../src/model/engineProfile";
import type { RuleContext } from "../../../../src/rules/context";
import { createContext } from "../../../../src/rules/views/views";
import type { Finding } from "../../../../src/rules/rule";
import { claimsOf } from "../../../../src/rules/workspace/claims";
import { WorkspaceIndex } from "../../../../src/rules/workspace/workspaceIndex";
import { lineAt } from "../fixture";

export interface WorkspaceOptions {
  readonly engine?: string;
  readonly lans?: readonly string[];
  /** Host of a path. */
  readonly hosts?: (path: string) => string | undefined;
  /** Folders that are checkouts of their own. */
  readonly checkouts?: readonly string[];
}

/** Compose files in an index, each by its path. */
export class TestWorkspace {
  readonly index = new WorkspaceIndex();
  private readonly texts = new Map<string, string>();
  private readonly options: WorkspaceOptions;

  constructor(files: Readonly<Record<string, string>>, options: WorkspaceOptions = {}) {
    this.options = options;
    this.index.setSurroundings({
      engine: profileOf(options.engine ?? newestVersion)!,
      lans: (options.lans ?? []).map((lan): Prefix => parsePrefix(lan)!),
    });
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    this.texts.set(path, text);
    const checkout = this.options.checkouts?.find((folder) => path.startsWith(`${folder}/`));
    this.index.set(path, {
      where: { root: "/root", path, shown: path, host: this.options.hosts?.(path), checkout },
      claims: claimsOf(this.context(path)),
      context: () => this.context(path),
    });
  }

  remove(path: string): void {
    this.texts.delete(path);
    this.index.delete(path);
  }

  text(path: string): string {
    return this.texts.get(path) ?? "";
  }

  findings(path: string): readonly Finding[] {
    return this.index.findings(path);
  }

  /** `dns/compose.yaml:6 duplicate-address warning`, of all files or of one, in order. */
  found(only?: string): string[] {
    const paths = only === undefined ? [...this.texts.keys()] : [only];
    return paths.flatMap((path) =>
      this.findings(path).map(
        ({ place, rule, severity }) =>
          `${place.path}:${lineAt(this.text(place.path), place.from)} ${rule} ${severity}`,
      ),
    );
  }

  private context(path: string): RuleContext {
    const project = new ComposeDocument(path, this.text(path)).project();
    const others = this.index.others(path);
    return createContext(project, {}, this.options.engine ?? newestVersion, others);
  }
}

export interface Stack {
  readonly service?: string;
  readonly network?: string;
  readonly address?: string;
  readonly mac?: string;
  readonly container?: string;
  /** Lines below the network, without indent. */
  readonly lines?: readonly string[];
}

/** A compose file with one service on one network. */
export function stack({
  service = "web",
  network = "lan",
  address,
  mac,
  container,
  lines = ["external: true"],
}: Stack): string {
  return [
    "services:",
    `  ${service}:`,
    "    image: nginx",
    ...(container === undefined ? [] : [`    container_name: ${container}`]),
    "    networks:",
    `      ${network}:`,
    ...(address === undefined ? [] : [`        ipv4_address: ${address}`]),
    ...(mac === undefined ? [] : [`        mac_address: ${mac}`]),
    "networks:",
    `  ${network}:`,
    ...lines.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

/** Lines of a macvlan network. */
export function macvlan(subnet: string, parent = "eth0", ...more: readonly string[]): string[] {
  return [
    "driver: macvlan",
    `driver_opts: { parent: ${parent}, macvlan_mode: bridge }`,
    `ipam: { config: [{ subnet: ${subnet}${more.map((part) => `, ${part}`).join("")} }] }`,
  ];
}

export function bridge(subnet: string): string[] {
  return ["ipam:", "  config:", `    - subnet: ${subnet}`];
}
