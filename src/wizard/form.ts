/** The wizard's form: raw texts as typed, and the network that they describe. PURE. */
import { type NetworkSpec, isLanDriver } from "../model/network";

/** One excluded address: an auxiliary address of the engine, which it never hands out. */
export interface ExcludedRow {
  readonly name: string;
  readonly address: string;
}

export interface WizardForm {
  /** Interface name; without the VLAN id. */
  readonly parent: string;
  /** Empty: no VLAN. Else the parent becomes the sub-interface `parent.vlanId`. */
  readonly vlanId: string;
  readonly driver: NetworkSpec["driver"];
  /** Always one of the driver's modes or what the user typed; the default is left out of the result. */
  readonly mode: string;
  readonly subnet: string;
  readonly gateway: string;
  readonly ipRange: string;
  readonly excluded: readonly ExcludedRow[];
  readonly ipv6: boolean;
  readonly subnet6: string;
  readonly gateway6: string;
  readonly internal: boolean;
  readonly name: string;
}

export const textFields = [
  "parent",
  "vlanId",
  "mode",
  "subnet",
  "gateway",
  "ipRange",
  "subnet6",
  "gateway6",
  "name",
] as const;
export type TextField = (typeof textFields)[number];

/** What a problem can be about. */
export type FieldId =
  | TextField
  | "driver"
  | "ipv6"
  | "internal"
  | "excluded"
  | `excluded.${number}.${"name" | "address"}`;

export const emptyForm: WizardForm = {
  parent: "",
  vlanId: "",
  driver: "macvlan",
  mode: "bridge",
  subnet: "",
  gateway: "",
  ipRange: "",
  excluded: [],
  ipv6: false,
  subnet6: "",
  gateway6: "",
  internal: false,
  name: "",
};

/** Modes of the drivers, the default first. Engines before 23.0 lack l3s. */
export const modesOf = {
  macvlan: ["bridge", "private", "vepa", "passthru"],
  ipvlan: ["l2", "l3", "l3s"],
} as const satisfies Record<NetworkSpec["driver"], readonly string[]>;

/** The form with another driver; a mode that only the old driver has becomes the new one's default. */
export function withDriver(form: WizardForm, driver: NetworkSpec["driver"]): WizardForm {
  const modes: readonly string[] = modesOf[driver];
  return { ...form, driver, mode: modes.includes(form.mode) ? form.mode : modesOf[driver][0] };
}

/** The parent as the engine is told it: with a VLAN id the name of the sub-interface. */
export function parentOf(form: WizardForm): string {
  const [parent, vlanId] = [form.parent.trim(), form.vlanId.trim()];
  return vlanId === "" ? parent : `${parent}.${vlanId}`;
}

/** The network of a form that may still be half-typed, and which row of the form each excluded address is. */
export interface Draft {
  /** Empty texts are left out; without a subnet there is no pool. */
  readonly spec: NetworkSpec;
  /** For each pool of the spec: its family, and the row of each excluded address by name. */
  readonly pools: readonly { readonly family: 4 | 6; readonly rows: ReadonlyMap<string, number> }[];
}

/** Rows without an address are left out, rows without a name are given one. */
export function draftOf(form: WizardForm): Draft {
  const rows = namedRows(form);
  const pools: { family: 4 | 6; rows: Map<string, number> }[] = [];
  const specPools: NetworkSpec["pools"][number][] = [];
  const add = (family: 4 | 6, subnet: string, gateway: string, ipRange: string) => {
    if (subnet === "") return;
    const own = rows.filter((row) => row.address.includes(":") === (family === 6));
    pools.push({ family, rows: new Map(own.map((row) => [row.name, row.index])) });
    specPools.push({
      subnet,
      ...(gateway === "" ? {} : { gateway }),
      ...(ipRange === "" ? {} : { ipRange }),
      ...(own.length === 0
        ? {}
        : { aux: Object.fromEntries(own.map(({ name, address }) => [name, address])) }),
    });
  };
  add(4, form.subnet.trim(), form.gateway.trim(), form.ipRange.trim());
  if (form.ipv6) add(6, form.subnet6.trim(), form.gateway6.trim(), "");
  const parent = parentOf(form);
  const mode = form.mode.trim();
  const spec: NetworkSpec = {
    name: form.name.trim(),
    driver: form.driver,
    ...(parent === "" ? {} : { parent }),
    ...(mode === "" || mode === modesOf[form.driver][0] ? {} : { mode }),
    internal: form.internal,
    enableIpv6: form.ipv6,
    pools: specPools,
  };
  return { spec, pools };
}

/** Of two rows with the same name the first counts; the form's own checks report the second. */
function namedRows(form: WizardForm): { name: string; address: string; index: number }[] {
  const taken = new Set(form.excluded.map((row) => row.name.trim()));
  const seen = new Set<string>();
  let number = 0;
  return form.excluded.flatMap((row, index) => {
    const address = row.address.trim();
    let name = row.name.trim();
    if (address === "" || (name !== "" && seen.has(name))) return [];
    while (name === "") {
      const candidate = `excluded${++number}`;
      if (!taken.has(candidate)) name = candidate;
    }
    seen.add(name);
    return [{ name, address, index }];
  });
}

/** Narrows a text to a driver of the wizard. */
export function readDriver(text: unknown): NetworkSpec["driver"] | undefined {
  return typeof text === "string" && isLanDriver(text) ? text : undefined;
}
