import type * as vscode from "vscode";
import { composeGlobs, composeLanguage, composeSchemes } from "./composeFiles";

/** The documents of `isComposeFile`, for the registration of language features. */
export const composeSelector: vscode.DocumentSelector = composeSchemes.flatMap((scheme) => [
  { scheme, language: composeLanguage },
  ...(scheme === "untitled" ? [] : composeGlobs.map((pattern) => ({ scheme, pattern }))),
]);
