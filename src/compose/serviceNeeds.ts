/** What a service needs of the rest of its project, and what Compose asks of it by itself. */
import {
  type Reading,
  integerOf,
  listField,
  mapField,
  nameField,
  nameValue,
  scalarField,
  stringField,
  valueOf,
} from "./fields";
import { buildFaults } from "./buildFaults";
import { type FileNeed, readFileNeeds } from "./fileNeeds";
import type { Place } from "./place";
import type { ReadProblem } from "./project";
import type { Field, Fields } from "./resolve";
import type { Value } from "./value";
import { volumeFault, volumeName } from "./volumes";

/** Another service that has to be there. */
export interface ServiceNeed {
  readonly name: string;
  readonly place: Place;
  /** `required: false` of depends_on: a service whose profile is not active may be missing. */
  readonly optional: boolean;
  /** From `network_mode`, for which there is a rule of its own. */
  readonly mode: boolean;
}

/** A volume, secret, config or model that has to be declared. */
export interface ResourceNeed {
  readonly section: "volumes" | "secrets" | "configs" | "models";
  readonly name: string;
  readonly place: Place;
  /** As Compose calls it: `volume`, `build secret`. */
  readonly what: string;
}

export interface ServiceNeeds {
  /** Why Compose refuses the service, where its project is whole and its profile active. */
  readonly faults: readonly ReadProblem[];
  readonly services: readonly ServiceNeed[];
  readonly resources: readonly ResourceNeed[];
  readonly files: readonly FileNeed[];
}

/** `field`: the service; `fields`: what is below it. */
export function readNeeds(reading: Reading, field: Field, fields: Fields): ServiceNeeds {
  return new NeedsReader(reading, field, fields).read();
}

const invalid = ": invalid compose project";

class NeedsReader {
  private readonly reading: Reading;
  private readonly service: Field;
  private readonly fields: Fields;
  private readonly faults: ReadProblem[] = [];
  private readonly services: ServiceNeed[] = [];
  private readonly resources: ResourceNeed[] = [];

  constructor(reading: Reading, service: Field, fields: Fields) {
    this.reading = reading;
    this.service = service;
    this.fields = fields;
  }

  read(): ServiceNeeds {
    const { faults, services, resources } = this;
    if (this.service.node?.kind !== "map") return { faults, services, resources, files: [] };
    this.origin();
    faults.push(...buildFaults(this.reading, this.service.key, this.fields));
    this.ties();
    this.healthcheck();
    this.replicas();
    this.dependsOn();
    this.namespaces();
    this.volumes();
    this.named("secrets", "secret", listField(this.reading, this.fields, "secrets"));
    this.named("configs", "config", listField(this.reading, this.fields, "configs"));
    const build = mapField(this.reading, this.fields, "build");
    if (build) this.named("secrets", "build secret", listField(this.reading, build, "secrets"));
    this.models();
    return { faults, services, resources, files: readFileNeeds(this.reading, this.fields) };
  }

  /**
   * What its containers are made of: an image, or something to build one from, or a provider. What is
   * written there as null or a list the schema refuses; an `extends` that is still there led nowhere.
   */
  private origin(): void {
    const { reading, fields, service } = this;
    if (["build", "provider", "extends"].some((key) => fields.has(key))) return;
    const image = fields.get("image");
    if (image) {
      const value = nameField(reading, fields, "image");
      if (value?.known !== true || value.type === "null" || value.text !== "") return;
    }
    this.refuse(
      service.keyPlace,
      `"${service.key}" has neither an image nor a build`,
      `service "${service.key}" has neither an image nor a build context specified${invalid}`,
    );
  }

  /** A name that begins with x- is taken for an extension below a service. */
  private ties(): void {
    const { reading, fields, service } = this;
    const networks = fields.get("networks")?.node;
    const check = (name: string, place: Place) => {
      if (!name.startsWith("x-")) return;
      const words = `service "${service.key}" refers to undefined network #extensions${invalid}`;
      this.refuse(place, `Compose takes "${name}" for an extension, not for a network`, words);
    };
    if (networks?.kind === "map") {
      for (const { key, keyPlace } of networks.pairs) check(key, keyPlace);
      return;
    }
    for (const { node, item } of listField(reading, fields, "networks")) {
      if (node?.kind === "scalar") check(node.text, item.place);
    }
  }

  private healthcheck(): void {
    const { reading, fields } = this;
    const check = mapField(reading, fields, "healthcheck");
    const [first] = check ? listField(reading, check, "test") : [];
    if (first?.node?.kind !== "scalar") return;
    const value = valueOf(reading, first.node);
    if (!value.known || ["CMD", "CMD-SHELL", "NONE"].includes(value.text)) return;
    this.refuse(
      first.item.place,
      'A list at healthcheck.test begins with "CMD", "CMD-SHELL" or "NONE"',
      'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
    );
  }

  private replicas(): void {
    const { reading, fields, service } = this;
    if (!fields.has("scale") && !fields.has("deploy")) return;
    const deploy = mapField(reading, fields, "deploy");
    const scale = scalarField(reading, fields, "scale");
    const replicas = deploy && scalarField(reading, deploy, "replicas");
    const [own, other] = [wholeNumber(scale), wholeNumber(replicas)];
    const path = `services.${service.key}`;
    if (scale && own !== undefined && other !== undefined && own !== other) {
      this.refuse(
        scale.place,
        `scale is ${own} and deploy.replicas is ${other}`,
        `${path}: can't set distinct values on 'scale' and 'deploy.replicas'${invalid}`,
      );
      return;
    }
    const [count, value, key] =
      own === undefined ? [other, replicas, "deploy.replicas"] : [own, scale, "scale"];
    if (count === undefined || !value) return;
    if (count < 0) {
      const words = `${path}.${key}: must be greater than or equal to 0`;
      this.refuse(value.place, `"${key}" is less than 0`, words);
    }
    const name = stringField(reading, fields, "container_name");
    if (count <= 1 || name?.known !== true || name.text === "") return;
    this.refuse(
      name.place,
      `${count} containers cannot all be called "${name.text}"`,
      `services.${key}: can't set container_name and ${service.key} as container name must be unique${invalid}`,
    );
  }

  private dependsOn(): void {
    const { reading, fields } = this;
    if (!fields.has("depends_on")) return;
    const all = mapField(reading, fields, "depends_on");
    for (const { key, keyPlace, node, through } of all?.values() ?? []) {
      const inner = node?.kind === "map" ? reading.resolver.fields(node, through) : undefined;
      const required = inner && scalarField(reading, inner, "required");
      const optional = required?.text.toLowerCase() === "false" || required?.known === false;
      if (key !== "") this.services.push({ name: key, place: keyPlace, optional, mode: false });
    }
    for (const value of this.texts("depends_on")) this.needs(value.text, value.place);
  }

  private namespaces(): void {
    const { reading, fields } = this;
    for (const value of this.texts("links")) {
      const [name = "", , ...more] = value.text.split(":");
      this.needs(more.length > 0 ? value.text : name, value.place);
    }
    for (const key of ["network_mode", "ipc", "pid", "uts", "cgroup"]) {
      const value = nameField(reading, fields, key);
      if (value?.known !== true || !value.text.startsWith("service:")) continue;
      this.needs(value.text.slice("service:".length), value.place, key === "network_mode");
    }
    for (const value of this.texts("volumes_from")) {
      if (value.text.startsWith("container:")) continue;
      this.needs(value.text.split(":")[0] ?? "", value.place);
    }
  }

  private volumes(): void {
    const { reading, fields } = this;
    for (const { node, item, through } of listField(reading, fields, "volumes")) {
      let name: string | undefined;
      if (node?.kind === "scalar") {
        const value = nameValue(reading, node);
        name = value.known ? volumeName(value.text) : undefined;
        if (value.known && value.type === "string") this.shape(value);
      } else if (node?.kind === "map") {
        const inner = reading.resolver.fields(node, through);
        const type = nameField(reading, inner, "type");
        const source = nameField(reading, inner, "source");
        if (type?.text === "volume" && source?.known === true) name = source.text;
      }
      if (name === undefined || name === "") continue;
      this.resources.push({ section: "volumes", name, place: item.place, what: "volume" });
    }
  }

  private shape({ text, place }: Value): void {
    const composeMessage = volumeFault(text);
    if (composeMessage === undefined) return;
    const message = `"${text}" is no volume to mount: Compose refuses the file.`;
    this.reading.problems.push({ code: "type", message, composeMessage, place });
  }

  private named(
    section: ResourceNeed["section"],
    what: string,
    list: ReturnType<typeof listField>,
  ): void {
    const { reading } = this;
    for (const { node, item, through } of list) {
      const value =
        node?.kind === "map"
          ? nameField(reading, reading.resolver.fields(node, through), "source")
          : node?.kind === "scalar"
            ? nameValue(reading, node)
            : undefined;
      if (value?.known !== true || value.text === "") continue;
      this.resources.push({ section, name: value.text, place: item.place, what });
    }
  }

  private models(): void {
    if (!this.fields.has("models")) return;
    const all = mapField(this.reading, this.fields, "models");
    const names = all
      ? [...all.values()].map(({ key, keyPlace }) => ({ name: key, place: keyPlace }))
      : this.texts("models").map(({ text, place }) => ({ name: text, place }));
    for (const { name, place } of names) {
      if (name !== "") this.resources.push({ section: "models", name, place, what: "model" });
    }
  }

  /** The known texts of a list. */
  private texts(key: string): Value[] {
    const values: Value[] = [];
    for (const { node } of listField(this.reading, this.fields, key)) {
      const value = node?.kind === "scalar" ? nameValue(this.reading, node) : undefined;
      if (value?.known === true && value.text !== "") values.push(value);
    }
    return values;
  }

  private needs(name: string, place: Place, mode = false): void {
    this.services.push({ name, place, optional: false, mode });
  }

  private refuse(place: Place, message: string, composeMessage: string): void {
    this.faults.push({
      code: "consistency",
      message: `${message}: Compose refuses the project.`,
      composeMessage,
      place,
    });
  }
}

function wholeNumber(value: Value | undefined): number | undefined {
  return value && value.type !== "null" ? integerOf(value, 0) : undefined;
}
