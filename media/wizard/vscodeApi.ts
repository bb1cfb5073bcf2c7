/** The one way out of the page, typed by the contract. */
import { type FromPage, type ToPage, readToPage } from "../../src/wizard/protocol";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
/** Given by VS Code to each webview; may be called once. */
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function post(message: FromPage): void {
  api.postMessage(message);
}

/** What the page kept when it was hidden or VS Code was closed. */
export function keptState(): unknown {
  return api.getState();
}

export function keepState(state: unknown): void {
  api.setState(state);
}

/** Calls back with each message of the extension that is one. */
export function listen(onMessage: (message: ToPage) => void): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const reading = readToPage(event.data);
    if (reading.ok) onMessage(reading.message);
    // eslint-disable-next-line no-console -- the page has no other log; the developer tools show it
    else console.warn(`A message to the wizard was dropped: it ${reading.reason}.`);
  });
}
