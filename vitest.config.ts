import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

// Tests import from `src` and run what is built from it, natively: what is tested is what ships, at
// its real speed, in the worker threads as well as here.
const built = (path: string) => resolve(import.meta.dirname, "dist", path);

export default defineConfig({
  resolve: {
    alias: [
      { find: /^(?:\.\.\/)+src\/(.*)\.ts$/, replacement: built("src/$1.js") },
      {
        find: /^(?:\.\.\/)+assembly\/((?:(?:system|tape)-)?layout)\.ts$/,
        replacement: built("assembly/$1.js"),
      },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    server: { deps: { external: [/\/dist\//] } },
    setupFiles: ["test/support/fast-check.ts"],
    testTimeout: 60_000,
  },
});
