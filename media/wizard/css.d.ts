/** esbuild collects the page's styles into dist/wizard.css. */
declare module "*.css";
