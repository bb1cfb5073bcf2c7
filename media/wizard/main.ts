/** Entry point of the wizard's page. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-radio-group/index.js";
import "@vscode-elements/elements/dist/vscode-radio/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { render } from "lit";
import { FormView } from "./formView";
import { WizardModel } from "./model";
import { create, page } from "./page";
import "./picture.css";
import "./style.css";
import { listen } from "./vscodeApi";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element.");

let drawn = false;
/** Many changes at once are drawn once, before the browser paints. */
function redraw(): void {
  if (drawn) return;
  drawn = true;
  queueMicrotask(() => {
    drawn = false;
    if (root) render(page(model, formView), root);
  });
}

const model = new WizardModel(redraw);
const formView = new FormView(model, redraw);

window.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  create(model);
});
listen((message) => {
  model.receive(message);
});
redraw();
model.start();
