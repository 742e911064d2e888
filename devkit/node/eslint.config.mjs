import globals from "globals";
import js from "@eslint/js";

const ours = ["addons/*/static/**/*.js", "tests/**/*.js"];

export default [
  {ignores: ["**/static/lib/**"]},
  {...js.configs.recommended, files: ours},
  {
    files: ours,
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "module",
      globals: {...globals.browser, odoo: "readonly", luxon: "readonly"},
    },
    linterOptions: {reportUnusedDisableDirectives: "error"},
    rules: {
      complexity: ["error", 12],
      "consistent-return": "error",
      curly: "error",
      eqeqeq: "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-return-assign": "error",
      "no-script-url": "error",
      "no-shadow": "error",
      "no-unneeded-ternary": "error",
      "no-use-before-define": ["error", {functions: false}],
      "no-var": "error",
      "prefer-const": "error",
      radix: "error",
    },
  },
];
