import tseslint from "typescript-eslint";

/** Folders of src, and the folders of ours that each may import (docs/architecture.md has the picture). */
const layers = {
  model: [],
  compose: ["model"],
  rules: ["compose", "model"],
  docker: ["model"],
  host: ["model"],
  inventory: ["docker", "host", "model"],
  hostAccess: ["rules", "compose", "model"],
  changes: ["rules", "compose", "model"],
  workbench: ["inventory", "rules", "compose", "model"],
  background: ["rules", "compose", "model"],
  editor: ["inventory", "background", "rules", "compose", "model", "workbench"],
  views: ["inventory", "rules", "compose", "model", "workbench", "hostAccess"],
  commands: [
    "inventory",
    "rules",
    "compose",
    "model",
    "workbench",
    "views",
    "wizard",
    "hostAccess",
    "changes",
  ],
  wizard: ["inventory", "rules", "compose", "model", "workbench", "changes"],
  cli: ["rules", "compose", "model"],
};
/** Libraries with one owner: nobody else imports them. */
const owners = {
  "@lezer/*": [
    "src/compose/syntax.ts",
    "src/compose/read.ts",
    "src/compose/outline.ts",
    "src/compose/treeContext.ts",
    "src/compose/cursor.ts",
  ],
  dockerode: ["src/docker/client.ts"],
};
const pure = [
  "model",
  "compose",
  "rules",
  "docker",
  "host",
  "inventory",
  "hostAccess",
  "changes",
  "background",
  "cli",
];

function importRule(folder, allowed) {
  const patterns = Object.keys(layers)
    .filter((other) => other !== folder && !allowed.includes(other))
    .map((other) => ({
      regex: `^(\\.\\./)+${other}/`,
      message: `${folder} may not import ${other}: see docs/architecture.md.`,
    }));
  patterns.push({
    regex: "^(\\.\\./)+(extension|cli|worker)$",
    message: "Nothing imports a composition root.",
  });
  if (pure.includes(folder)) {
    patterns.push({ regex: "^vscode$", message: `${folder} runs in plain Node.` });
  }
  return patterns;
}

function ownerPatterns(file) {
  return Object.entries(owners)
    .filter(([, files]) => !files.some((owner) => owner === file))
    .map(([library]) => ({
      group: [library],
      message: `Only ${owners[library].join(", ")} may import ${library}.`,
    }));
}

export default tseslint.config(
  { ignores: ["dist/", "out/", "node_modules/", "test/fixtures/", "test/demo/"] },
  {
    files: ["src/**/*.ts", "test/**/*.ts", "media/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.json", "./media/wizard/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true, allow: [{ name: "bigint", from: "lib" }] },
      ],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-console": "error",
    },
  },
  ...Object.entries(layers).map(([folder, allowed]) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [...importRule(folder, allowed), ...ownerPatterns("")] },
      ],
    },
  })),
  ...Object.values(owners)
    .flat()
    .map((file) => {
      const folder = file.split("/")[1];
      return {
        files: [file],
        rules: {
          "no-restricted-imports": [
            "error",
            { patterns: [...importRule(folder, layers[folder]), ...ownerPatterns(file)] },
          ],
        },
      };
    }),
  {
    files: [
      "src/views/nodes.ts",
      "src/wizard/{form,formChecks,formText,notes,pageFacts,pageHtml,parents,picture}.ts",
      "src/wizard/{plan,prefill,protocol,quickSteps,session,start}.ts",
    ],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^vscode$", message: "This file runs in plain Node." },
            ...importRule("views", layers.views).filter(({ regex }) => !regex.includes("wizard")),
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-console": "off",
      "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: [] }],
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["src/cli.ts"],
    rules: { "no-console": "off" },
  },
);
