/** The left column: every field with its one line of explanation. */
import type { VscodeCheckbox } from "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import type { VscodeRadio } from "@vscode-elements/elements/dist/vscode-radio/index.js";
import { type TemplateResult, html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { type TextField, type WizardForm, modesOf, readDriver } from "../../src/wizard/form";
import { excludedRows } from "./excludedView";
import { type FieldOptions, problemList, selectField, textField } from "./fields";
import type { WizardModel } from "./model";
import { post } from "./vscodeApi";

/** The choice that turns the list of parents into an input. */
const otherParent = "\u0000other";

export class FormView {
  private readonly model: WizardModel;
  private readonly redraw: () => void;
  /** The user asked to type the parent though a list is known. */
  private typesParent = false;

  constructor(model: WizardModel, redraw: () => void) {
    this.model = model;
    this.redraw = redraw;
  }

  render(): TemplateResult {
    const { form } = this.model;
    return html`
      <fieldset>
        <legend>On which LAN</legend>
        ${this.parent()}
        ${this.text({
          field: "vlanId",
          label: "VLAN id",
          optional: true,
          short: true,
          placeholder: "10",
          help: html`For a trunk port: Docker makes the tagged sub-interface
            <code>${form.parent.trim() || "eth0"}.${form.vlanId.trim() || "10"}</code> and puts the
            containers on it.`,
        })}
      </fieldset>
      <fieldset>
        <legend>Addresses</legend>
        ${this.text({
          field: "subnet",
          label: "Subnet",
          placeholder: "192.168.1.0/24",
          help: "The LAN's own subnet, as the router has it, without host bits.",
        })}
        ${this.text({
          field: "gateway",
          label: "Gateway",
          placeholder: "192.168.1.1",
          optional: true,
          help: "The LAN's router; containers get it as their default route.",
        })}
        ${this.text({
          field: "ipRange",
          label: "Range for containers (ip_range)",
          placeholder: "192.168.1.192/27",
          optional: true,
          help: html`Docker hands out addresses of this part only. Keep it outside the router's DHCP
            range, as neither asks the other.
            <button
              type="button"
              class="link"
              @click=${() => {
                post({ type: "openLanSetting" });
              }}
            >
              Set the DHCP range
            </button>`,
        })}
        ${excludedRows(this.model)}
        ${this.checkbox("ipv6", "IPv6", "Give the network an IPv6 subnet as well.")}
        ${
          form.ipv6
            ? html`<div class="indented">
                ${this.text({
                  field: "subnet6",
                  label: "IPv6 subnet",
                  placeholder: "fd00:10::/64",
                  help: "The prefix that the router announces, or a unique local one (fd00::/8).",
                })}
                ${this.text({
                  field: "gateway6",
                  label: "IPv6 gateway",
                  placeholder: "fd00:10::1",
                  optional: true,
                  help: "Must be inside the subnet; a link-local fe80:: address is refused.",
                })}
              </div>`
            : nothing
        }
      </fieldset>
      <fieldset>
        <legend>In Docker</legend>
        ${this.text({
          field: "name",
          label: "Name",
          placeholder: "lan",
          help: "What containers and compose files call the network.",
        })}
        ${this.driver()} ${this.mode()}
        ${this.checkbox(
          "internal",
          "Internal",
          "No default route in the containers. It is no firewall: the LAN stays reachable.",
        )}
      </fieldset>
    `;
  }

  private text(options: FieldOptions & { readonly field: TextField }): TemplateResult {
    return textField(this.model, options, this.model.form[options.field], (text) => {
      this.model.set({ [options.field]: text });
    });
  }

  private parent(): TemplateResult {
    const { form, facts } = this.model;
    const options = {
      field: "parent",
      label: "Parent interface",
      placeholder: "eth0",
      help: "The host's wired interface on the LAN. Wi-Fi drops the containers' frames; in a virtual machine, allow promiscuous mode and forged MAC addresses for it.",
    } as const;
    const known = facts.parents.some(({ name }) => name === form.parent);
    if (facts.parents.length === 0 || this.typesParent || (!known && form.parent !== "")) {
      const back =
        facts.parents.length > 0
          ? html`${options.help}
              <button
                type="button"
                class="link"
                @click=${() => {
                  this.typesParent = false;
                  this.model.set({ parent: facts.parents[0]?.name ?? "" });
                }}
              >
                Choose from the host's interfaces
              </button>`
          : options.help;
      return this.text({ ...options, help: back });
    }
    const choices = facts.parents.map(({ name, detail, flag }) => ({
      value: name,
      label: `${name}  (${detail})`,
      description: flag ? `${flag.reason} ${flag.alternative}` : "",
    }));
    const other = { value: otherParent, label: "Another name …" };
    return selectField(this.model, options, form.parent, [...choices, other], (value) => {
      if (value === otherParent) {
        this.typesParent = true;
        this.redraw();
        requestAnimationFrame(() => document.getElementById("parent")?.focus());
      } else {
        this.model.set({ parent: value });
      }
    });
  }

  private driver(): TemplateResult {
    const { form } = this.model;
    const radio = (value: WizardForm["driver"], text: string) =>
      html`<vscode-radio
        name="driver"
        value=${value}
        .checked=${form.driver === value}
        @change=${(event: Event) => {
          const target = event.target as VscodeRadio;
          const driver = readDriver(target.value);
          if (target.checked && driver) this.model.set({ driver });
        }}
        >${text}</vscode-radio
      >`;
    return html`<div class="row">
      <span class="label" id="driver-label">Driver</span>
      <vscode-radio-group
        id="driver"
        variant="vertical"
        aria-labelledby="driver-label"
        aria-describedby="driver-problems"
      >
        ${radio("macvlan", "macvlan: a MAC address for each container")}
        ${radio("ipvlan", "ipvlan: all share the MAC address of the host")}
      </vscode-radio-group>
      ${problemList(this.model, "driver", this.model.problemsOf("driver"))}
    </div>`;
  }

  private mode(): TemplateResult {
    const { form } = this.model;
    const choices = modesOf[form.driver].map((value) => ({ value, label: value }));
    const list = choices.some(({ value }) => value === form.mode)
      ? choices
      : [...choices, { value: form.mode, label: form.mode }];
    const options = {
      field: "mode",
      label: "Mode",
      short: true,
      help: modeHelp[form.mode] ?? "Not a mode of this driver.",
    } as const;
    // A new list for each driver: the component keeps its selection by index.
    return html`${keyed(
      form.driver,
      selectField(this.model, options, form.mode, list, (mode) => {
        this.model.set({ mode });
      }),
    )}`;
  }

  private checkbox(field: "ipv6" | "internal", label: string, help: string): TemplateResult {
    return html`<div class="row">
      <vscode-checkbox
        id=${field}
        label=${label}
        .checked=${this.model.form[field]}
        aria-describedby="${field}-help ${field}-problems"
        @change=${(event: Event) => {
          this.model.set({ [field]: (event.target as VscodeCheckbox).checked });
        }}
      ></vscode-checkbox>
      <p class="help" id="${field}-help">${help}</p>
      ${this.model.notesOf(field).map(({ text }) => html`<p class="note">${text}</p>`)}
      ${problemList(this.model, field, this.model.problemsOf(field))}
    </div>`;
  }
}

const modeHelp: Readonly<Record<string, string>> = {
  bridge:
    "Containers of the same parent reach each other and the LAN. What nearly everybody wants.",
  private: "Containers reach the LAN, but never each other.",
  vepa: "All traffic goes by way of the switch, which must send it back (802.1Qbg).",
  passthru: "One container takes the whole interface over.",
  l2: "Containers are in the LAN's subnet and answer ARP there.",
  l3: "The host routes; containers get no broadcasts, and the LAN needs a route to their subnet.",
  l3s: "As l3, through the host's netfilter. Needs Docker Engine 23.0 or newer.",
};
