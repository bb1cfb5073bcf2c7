/** The readers of a host: a bundle of their own, because nothing of it is needed before an engine has answered. */
export { readHost } from "./interfaces";
export { hostFromScript, hostScript } from "./script";
