import tseslint from "typescript-eslint";

const noMarkup = "Text from data is hostile: build elements, never markup.";
const markupSinks = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "dangerouslySetInnerHTML"];

export default tseslint.config(
  { ignores: ["node_modules", "eslint.config.js"] },
  ...tseslint.configs.strict,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-properties": [
        "error",
        ...markupSinks.map((property) => ({ property, message: noMarkup })),
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: noMarkup },
      ],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/core/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["preact", "preact/*", "@preact/*", "cytoscape", "leaflet"],
              message: "core is pure: no framework and no renderer.",
            },
            {
              group: ["**/components/*", "**/views/*", "**/acts/*", "**/api/*", "**/design/*"],
              message: "core is pure.",
            },
          ],
        },
      ],
      "no-restricted-globals": ["error", "document", "window", "localStorage", "fetch"],
    },
  },
);
