import { defineConfig } from "vitest/config";

// The package as a user has it: packed, installed from the registry's dependencies, used. Needs a network.
export default defineConfig({
  test: {
    include: ["test/package/*.check.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
